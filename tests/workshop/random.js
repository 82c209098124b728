// Numbers that look random and are the same on every run: Mulberry32 (public domain).

export function randomly(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (count) => next() % count;
  const pick = (list) => list[below(list.length)];
  /** A weight as somebody may write it: whole or with up to four decimals, now and then 0. */
  const weight = () => (below(12) === 0 ? "0" : decimal(below(4) ? 100 : 2, below(5)));
  const decimal = (most, decimals) => {
    const units = 1 + below(most * 10 ** decimals);
    return decimals ? (units / 10 ** decimals).toFixed(decimals) : String(units);
  };
  return { below, pick, weight };
}
