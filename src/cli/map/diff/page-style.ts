// How the page of a comparison looks: the reader's own fonts, light or dark as the reader has it.

export const style = `
:root { color-scheme: light dark; --ink: #1d2730; --soft: #5c6b78; --line: #d9e0e6; --paper: #fff; --tint: #f5f7f9;
  --added: #14663a; --removed: #9b2c1f; --changed: #7a5200; --link: #1f5f99; }
@media (prefers-color-scheme: dark) { :root { --ink: #dde4ea; --soft: #93a1ad; --line: #35414c; --paper: #151b21; --tint: #1c242c;
  --added: #6fcf97; --removed: #f0907f; --changed: #e5b95c; --link: #7ab6ee; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
article + article { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem; }
header p { margin: .15rem 0; color: var(--soft); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); white-space: nowrap; }
tbody tr:hover { background: var(--tint); }
.numbers td { font-variant-numeric: tabular-nums; }
.name, code { font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
.place { color: var(--soft); overflow-wrap: anywhere; display: block; }
td.name { min-width: 15rem; }
code { display: block; }
summary { cursor: pointer; }
summary .place { display: inline; }
.added, .new { color: var(--added); }
.removed, .gone { color: var(--removed); }
.changed, .reordered { color: var(--changed); }
.none { color: var(--soft); }
`;
