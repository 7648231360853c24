"""doc/reference.md out of the public header: every symbol with what its comment says, in the header's order.

    make_reference.py            print the page
    make_reference.py --check    compare it with doc/reference.md
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = ROOT / "include/kexie/kexie.h"
PAGE = ROOT / "doc/reference.md"
HEAD = """# API reference

Made from the comments of [kexie.h](../include/kexie/kexie.h) by `tests/make_reference.py`; [api.md](api.md) tells how the pieces go
together.
"""
COMMENT = re.compile(r"/\*\*(.*?)\*/", re.S)


def clean(comment):
    lines = [re.sub(r"^\s*\* ?", "", line).rstrip() for line in comment.strip().split("\n")]
    return "\n".join(lines).strip()


def paragraphs(text):
    """The comment as Markdown: tags become a list, @return and @since words."""
    out, tags = [], []
    for line in re.sub(r"\s*@(return|since|param)", r"\n@\1", text).split("\n"):
        if line.startswith("@"):
            tags.append(line)
        elif tags and line.strip():
            tags[-1] += " " + line.strip()
        elif line.strip() or out:
            out.append(line)
    body = "\n".join(out).strip()
    items = []
    for tag in tags:
        tag = re.sub(r"^@param(?:\[([a-z,]+)\])?\s+([\w, ]+?)\s{1,}(?=\S)(.*)$", lambda m: f"`{m[2]}`{' (out)' if m[1] and 'out' in m[1] else ''}: {m[3]}", tag)
        tag = re.sub(r"^@return\s+", "Returns: ", tag)
        tag = re.sub(r"^@since\s+", "Since ", tag)
        items.append("- " + re.sub(r"\s+", " ", tag))
    return "\n\n".join(part for part in (body, "\n".join(items)) if part)


def declaration(source, at):
    """From the end of a comment to the end of what it documents."""
    depth, end = 0, at
    while end < len(source):
        c = source[end]
        depth += c in "({"
        depth -= c in ")}"
        if c == ";" and depth == 0:
            return source[at:end + 1].strip()
        if c == "\n" and source[at:end].strip().startswith("#define") and source[end - 1] != "\\":
            return source[at:end].strip()
        end += 1
    return ""


def page():
    source = HEADER.read_text(encoding="utf-8")
    source = source[source.index('extern "C"'):]
    out = [HEAD]
    for match in COMMENT.finditer(source):
        text = clean(match[1])
        if text.startswith("@name"):
            out.append(f"## {text[5:].strip()}\n")
            continue
        if not text or text in "{}@{@}" or text.startswith("<") or match[0].startswith("/**<"):
            continue
        code = declaration(source, match.end())
        name = re.search(r"\b(kx_\w+|KX_\w+)\s*\(", code) or re.search(r"#define (KX_\w+)", code) or \
            re.search(r"\}\s*(kx_\w+);", code) or re.search(r"\(\*(kx_\w+)\)", code) or re.search(r"\b(kx_\w+);", code) or \
            re.search(r"\b(KX_\w+)", code)
        if code.startswith("typedef") and "(*kx_" in code:
            name = re.search(r"\(\*(kx_\w+)\)", code)
        if not name:
            continue
        out.append(f"### {name[1]}\n\n```c\n{code.replace('KX_API ', '')}\n```\n\n{paragraphs(text)}\n")
    return "\n".join(out).rstrip() + "\n"


def main():
    text = page()
    if "--check" not in sys.argv:
        sys.stdout.write(text)
        return 0
    same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    names = set(re.findall(r"\b(kx_[a-z0-9_]+) *\(", re.sub(r"/\*.*?\*/", "", HEADER.read_text(encoding="utf-8"), flags=re.S)))
    absent = sorted(n for n in names if f"### {n}\n" not in text and not n.endswith("_fn"))
    print("" if same else "doc/reference.md is not what the header says: tests/make_reference.py > doc/reference.md")
    print(f"not in the reference: {', '.join(absent)}" if absent else "")
    print(f"{len(names) - len(absent)} passed, {len(absent) + (not same)} failed")
    return 1 if absent or not same else 0


if __name__ == "__main__":
    sys.exit(main())
