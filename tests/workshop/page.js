// A page of the command with another data block in it, for tests of what no assessment says.

/** The page with a data block. */
export function withBlock(page, block) {
  const [before, rest] = page.split('<script type="application/json" id="data">');
  const after = rest.slice(rest.indexOf("</script>"));
  const data = JSON.stringify(block).replaceAll("<", "\\u003c");
  return `${before}<script type="application/json" id="data">${data}${after}`;
}
