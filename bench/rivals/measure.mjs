/**
 * Runs a second, and a second of processor time, which is what stays comparable on a busy machine: one such second of them,
 * after half a one in which the compiler warms up. Prints one line of JSON.
 */
export async function measure(run) {
  let n = 0;
  /** Until so much processor time is used, all threads together, or five times as much has passed. */
  const runFor = async (seconds) => {
    const begun = performance.now();
    const before = process.cpuUsage();
    for (let count = 1; ; count++) {
      const result = await run(n);
      if (result !== n + 3) throw new Error(`run ${n} gave ${result}`);
      n++;
      const { user, system } = process.cpuUsage(before);
      const used = (user + system) / 1e6;
      const passed = (performance.now() - begun) / 1000;
      if (used >= seconds || passed >= 5 * seconds) {
        return { runsPerSecond: count / passed, runsPerCpuSecond: count / used };
      }
    }
  };
  await runFor(0.5);
  console.log(JSON.stringify(await runFor(1)));
}
