// A script's total as a tree, where it is plain arithmetic that rises with every score: sums, products, quotients by a number,
// least and greatest. The engine has such a tree and will write it.

/** The tree of a script over members of these names; nothing where it is anything else. */
export function formulaOf(script, names) {
  const tokens = script.match(/\d+(\.\d+)?|\w+|\S/g) ?? [];
  try {
    const parser = new Parser(tokens, names);
    const tree = parser.sum();
    return parser.at === tokens.length ? tree : undefined;
  } catch {
    return undefined;
  }
}

class Parser {
  constructor(tokens, names) {
    Object.assign(this, { tokens, names, at: 0 });
  }

  take(token) {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  sum() {
    const parts = [this.product()];
    while (this.take("+")) parts.push(this.product());
    return parts.length > 1 ? { add: parts } : parts[0];
  }

  product() {
    let tree = this.part();
    for (;;) {
      if (this.take("*")) tree = { multiply: [tree, this.part()] };
      else if (this.take("/")) tree = { divide: [tree, this.number()] };
      else return tree;
    }
  }

  part() {
    if (this.take("(")) return this.closed(this.sum());
    const token = this.tokens[this.at];
    if (/^\d/.test(token)) return this.number();
    this.at += 1;
    if (token === "min" || token === "max") return { [token]: this.pair() };
    if (!this.names.includes(token)) throw new Error(`${token} is no member`);
    return { score: token };
  }

  pair() {
    if (!this.take("(")) throw new Error("no bracket");
    const first = this.sum();
    if (!this.take(",")) throw new Error("no comma");
    return [first, this.closed(this.sum())];
  }

  closed(tree) {
    if (!this.take(")")) throw new Error("no bracket");
    return tree;
  }

  number() {
    const token = this.tokens[this.at];
    if (!/^\d/.test(token)) throw new Error(`${token} is no number`);
    this.at += 1;
    return token;
  }
}
