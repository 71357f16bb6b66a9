/** How well text stands out from what is behind it, as WCAG counts; runs in the page. */

export interface Faint {
  readonly text: string;
  readonly ratio: number;
}

/** Texts in view whose contrast is below 4.5; worked out in the browser from the colours that it paints. */
export function faintTexts(): Faint[] {
  const parse = (colour: string): [number, number, number, number] => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const luminance = (colour: readonly number[]) => {
    const [r, g, b] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const behind = (element: Element | null): number[] => {
    for (let each = element; each; each = each.parentElement) {
      // In a node of the graph it is the sheet that the text lies on.
      const sheet = each.matches('.node') ? each.querySelector('.body') : null;
      const colour = parse(sheet ? getComputedStyle(sheet).fill : getComputedStyle(each).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };

  const found: Faint[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? '';
    const element = walker.currentNode.parentElement;
    if (text === '' || !element || element.closest('script, noscript, :disabled, title, .unseen, .absent'))
      continue;
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const colour = parse(element instanceof SVGElement ? style.fill : style.color);
    const [light, dark] = [luminance(colour), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light! + 0.05) / (dark! + 0.05);
    if (ratio < 4.5) found.push({ text, ratio: Math.round(ratio * 100) / 100 });
  }
  return found;
}
