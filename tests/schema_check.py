"""The JSON Schemas in doc/schema against every scheme and dataset of the tree, both ways: what the library accepts they
accept, and a scheme it refuses for its form they refuse. Needs a jsonschema that knows 2020-12; exits 77 (skipped) without.

    schema_check.py SOURCE_ROOT
"""
import json
import pathlib
import sys

try:
    import jsonschema
    jsonschema.Draft202012Validator
except (ImportError, AttributeError):
    sys.exit(77)

# Messages about form: a value of another type, an unknown or missing key, a choice that is none, a shape that is none.
FORM = {5001, 5002, 5003, 5004, 5008, 5030, 5031, 5036, 5045, 5049}

# Schemes spoiled one way each; a place in a good scheme, and what is put there (KeyError-free: the last key may be new).
SPOILED = [
    (["kexie"], 2), (["id"], 7), (["period"], {"from": "2025-01-01"}), (["odd"], 1), (["subjects"], {"where": "true"}),
    (["rank"], {"by": ["total"]}), (["rank"], {"by": ["total"], "ties": "alphabet"}), (["show"], -1), (["tree"], "today"),
    (["round"], {"indicator": {"places": 2}}), (["round"], {"row": {"places": 2, "mode": "floor"}}),
    (["score"], {"parts": []}), (["score", "parts", 0, "kind"], "extra"), (["score", "parts", 0, "point"], 3),
    (["score", "parts", 0, "curve"], {"steps": [[1]]}), (["score", "parts", 0, "curve"], {"each": 1, "map": {}}),
    (["score", "parts", 0, "curve"], {"stepps": [[1, 2]]}), (["measures", "m"], {"where": "true"}),
    (["measures", "m"], {"of": "posts", "peak": 0}), (["measures", "m"], {"of": "posts", "per": "township"}),
    (["gates"], [{"id": "V", "when": "true"}]), (["gates"], [{"id": "V", "when": "true", "grade": "A", "cancel": True}]),
    (["grades"], [{"name": "A", "places": {"share": 0.3, "ties": "out"}}]), (["grades"], [{"when": "true"}]),
]


def validator(root, name):
    schema = json.loads((root / "doc/schema" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def load(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError, RecursionError):
        return None


def spoiled(good, place, value):
    copy = json.loads(json.dumps(good))
    at = copy
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return copy


def expected_code(folder):
    error = folder / "expected.error"
    return int(error.read_text(encoding="utf-8").split()[1]) if error.exists() else None


def main():
    root = pathlib.Path(sys.argv[1])
    scheme, dataset = validator(root, "kexie-scheme.schema.json"), validator(root, "kexie-dataset.schema.json")
    wrong, checked = [], 0
    for path in sorted([*root.glob("examples/*/scheme.json"), *root.glob("tests/cases/*/scheme.json")]):
        code, text = expected_code(path.parent), load(path)
        if text is None:
            continue
        checked += 1
        valid = scheme.is_valid(text)
        if code in FORM and valid:
            wrong.append(f"{path}: refused by the library for its form (KX{code}), accepted by the schema")
        if code is None and not valid:
            wrong += [f"{path}: {e.json_path}: {e.message[:200]}" for e in scheme.iter_errors(text)]
        data = load(path.parent / "data.json") if (path.parent / "data.json").exists() else None
        if data is not None and code is None:
            checked += 1
            wrong += [f"{path.parent}/data.json: {e.json_path}: {e.message[:200]}" for e in dataset.iter_errors(data)]
    good = load(root / "examples/national-2025/scheme.json")
    for place, value in SPOILED:
        checked += 1
        if scheme.is_valid(spoiled(good, place, value)):
            wrong.append(f"the schema accepts {value!r} at {place}")
    print("\n".join(wrong))
    print(f"{checked - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
