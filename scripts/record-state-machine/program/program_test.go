// The original, unmodified, one command at a time. Commands come as JSON lines from file 3, answers go to file 4.
// It is a test only because virtual time ("testing/synctest") is for tests.
package recorder

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fornext-io/fornext/pkg/executor"
	"github.com/fornext-io/fornext/pkg/fsl"
)

type command struct {
	Type string
	// Milliseconds since 1970.
	At         int64
	Machine    string
	Definition json.RawMessage
	Input      json.RawMessage
	// The resources that somebody carries out.
	Handlers []string
	TaskID   string `json:"task_id"`
	Output   json.RawMessage
	Wall     uint32
	Logical  uint32
	Value    uint64 `json:",string"`
}

// What is seen after a command.
type answer struct {
	Refusal string `json:"refusal,omitempty"`
	// Of a command that is about numbers alone.
	Value    any  `json:"value,omitempty"`
	Deadlock bool `json:"deadlock,omitempty"`
	// Whether whoever sent a message has to wait for room.
	Waits bool                       `json:"waits,omitempty"`
	Done  bool                       `json:"done"`
	Queue []message                  `json:"queue"`
	Clock executor.Timestamp         `json:"clock"`
	Store map[string]json.RawMessage `json:"store"`
	// The execution, once it has begun.
	Context *executor.ExecutionContext `json:"context"`
	// Tasks whose handlers were called, in their order.
	Called []*executor.CreateTaskCommand `json:"called"`
}

func TestProgram(t *testing.T) {
	if dir := os.Getenv("RECORDER_STORE"); dir != "" {
		readAlone(t, dir)
		return
	}
	// What is read of a channel whose executor waits for room is read before that goes on.
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1)
	slog.SetDefault(slog.New(watching{}))
	// What it prints is not asked for.
	os.Stdout, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	synctest.Test(t, serve)
}

// The contexts that a process left behind which has ended.
func readAlone(t *testing.T, dir string) {
	store, err := executor.NewStorage(dir)
	if err != nil {
		t.Fatal(err)
	}
	tell(answer{Store: contextsOf(store)})
}

var answers = os.NewFile(4, "answers")

func tell(told answer) {
	if err := json.NewEncoder(answers).Encode(told); err != nil {
		os.Exit(3)
	}
}

func serve(t *testing.T) {
	commands := bufio.NewReader(os.NewFile(3, "commands"))
	machines := map[string]*fsl.StateMachine{}
	var run *running
	for {
		line, err := commands.ReadBytes('\n')
		if err != nil {
			// What still waits in the bubble does so for ever.
			os.Exit(0)
		}
		var cmd command
		if err := json.Unmarshal(line, &cmd); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(time.UnixMilli(cmd.At)))
		synctest.Wait()
		told := answer{}
		switch cmd.Type {
		case "create_machine":
			var sm fsl.StateMachine
			if err := json.Unmarshal(cmd.Definition, &sm); err != nil {
				told.Refusal = err.Error()
			}
			machines[cmd.Machine] = &sm
		case "run":
			run = begin(machines[cmd.Machine], cmd)
		case "deliver":
			told.Deadlock = run.deliver()
		case "duplicate":
			run.duplicate()
		case "complete_task":
			told.Waits = run.complete(cmd.TaskID, cmd.Output)
		case "hlc_update":
			run.update(executor.Timestamp{WallTime: cmd.Wall, Logical: cmd.Logical})
		case "as_uint64":
			value := executor.Timestamp{WallTime: cmd.Wall, Logical: cmd.Logical}.AsUint64()
			told.Value = strconv.FormatUint(value, 10)
		case "as_string":
			told.Value = executor.Timestamp{WallTime: cmd.Wall, Logical: cmd.Logical}.AsString()
		case "parse_timestamp":
			told.Value = executor.ParseTimestamp(cmd.Value)
		}
		if run != nil {
			run.look(&told)
		}
		tell(told)
		if told.Deadlock {
			os.Exit(0)
		}
	}
}

// Hears of each event that the executor takes out of its queue, and stops it there.
type watching struct{}

func (watching) Enabled(context.Context, slog.Level) bool { return true }
func (w watching) WithAttrs([]slog.Attr) slog.Handler     { return w }
func (w watching) WithGroup(string) slog.Handler          { return w }
func (watching) Handle(_ context.Context, record slog.Record) error {
	if record.Message != "receieve event" {
		return nil
	}
	record.Attrs(func(attr slog.Attr) bool {
		hold.at(attr.Value.Any())
		return true
	})
	return nil
}
