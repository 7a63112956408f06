// The words of a question, cut as `bot/site/folding.py` cuts those of the index, step by step.
"use strict";

const LONGEST = 24;
const GROUPS = /([0-9])[,'’\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))/g;
const MARKS = new RegExp(
  "[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670" +
    "\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed]",
  "g",
);
const SOLID =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005\\u3040-\\u30ff\\u3130-\\u318f\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`([${SOLID}]+)|(?:(?![${SOLID}])[\\p{L}\\p{N}])+`, "gu");

function folded(text) {
  const plain = text.replace(GROUPS, "$1").normalize("NFKD").replace(MARKS, "");
  return plain.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

// Every word, and whether it is of a script that sets no space between words.
function runs(text) {
  return Array.from(folded(text).matchAll(RUN), ([word, solid]) => [word, solid !== undefined]);
}
