"""doc/schema/kexie-seats.schema.json against every rules text of the tree, both ways: the cases and examples, which the library
takes, are valid; each spoiled in one way is not. Needs a jsonschema that knows 2020-12; exits 77 (skipped) without.

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

METHOD = {"kexie-seats": 1, "columns": {"unit": "text", "n": "number"}, "seats": 5, "method": "dhondt", "weight": "n"}
NUMBER = {"kexie-seats": 1, "columns": {"unit": "text", "n": "number"}, "number": "n"}

# What is put into a good text; None takes the key out.
SPOILED = [
    (METHOD, {"kexie-seats": 2}), (METHOD, {"kexie-seats": None}), (METHOD, {"columns": None}), (METHOD, {"numbr": 1}),
    (METHOD, {"columns": {"unit": "string"}}), (METHOD, {"headers": []}), (METHOD, {"unit": 1}), (METHOD, {"seats": -1}),
    (METHOD, {"seats": 2.5}), (METHOD, {"seats": {"times": 1}}), (METHOD, {"seats": 10 ** 13}), (METHOD, {"method": "jefferson"}),
    (METHOD, {"quota": "hagenbach"}), (METHOD, {"bounds": "both"}), (METHOD, {"ties": "lot"}), (METHOD, {"ties": {}}),
    (METHOD, {"weight": ["n"]}), (METHOD, {"reserve": "3"}), (METHOD, {"allotments": [dict(id="a", number=1)]}),
    (METHOD, {"method": None}), (NUMBER, {"number": None}), (NUMBER, {"round": "up"}), (NUMBER, {"ceiling": -1}),
    (NUMBER, {"over": "cut"}), (NUMBER, {"adjust": [{}]}), (NUMBER, {"adjust": [{"when": "true"}]}),
    (NUMBER, {"adjust": [{"times": 2, "min": 1}]}), (NUMBER, {"bands": {"of": "n"}}), (NUMBER, {"bands": {"list": []}}),
    (NUMBER, {"bands": {"of": "n", "list": [{"from": 1, "above": 1, "min": 1}]}}),
    (NUMBER, {"bands": {"of": "n", "list": [{"to": 1, "below": 1, "min": 1}]}}),
    (NUMBER, {"bands": {"of": "n", "list": [{"number": 1, "min": 1}]}}), (NUMBER, {"bands": {"of": "n", "list": [{}]}}),
    (NUMBER, {"bands": {"of": "n", "list": [{"from": "x", "min": 1}]}}),
    (NUMBER, {"bands": {"of": "n", "list": [], "overlap": "last"}}),
    (NUMBER, {"checks": [{}]}), (NUMBER, {"checks": [{"id": "c"}]}), (NUMBER, {"checks": [{"id": "c", "each": "b", "at_least": 1}]}),
    (NUMBER, {"checks": [{"id": "c", "flag": "b", "share": True}]}), (NUMBER, {"checks": [{"id": "c", "at_least": "a lot"}]}),
    (NUMBER, {"checks": [{"at_least": 1}]}), (NUMBER, {"number": None, "allotments": []}),
    (NUMBER, {"number": None, "allotments": [{"number": 1}]}), (NUMBER, {"number": None, "allotments": [{"id": "a"}]}),
    (NUMBER, {"number": None, "allotments": [{"id": "a", "number": 1, "kind": 1}]}),
]


def spoil(good, change):
    return {k: v for k, v in {**good, **change}.items() if v is not None}


def main():
    root = pathlib.Path(sys.argv[1])
    schema = json.loads((root / "doc/schema/kexie-seats.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    seats = jsonschema.Draft202012Validator(schema)
    wrong, checked = [], 0
    paths = [*root.glob("examples/apportion/*.json"), *root.glob("tests/apportion/cases/*/rules.json")]
    for name, text in [("a method", METHOD), ("a number", NUMBER)] + \
            [(str(p), json.loads(p.read_text(encoding="utf-8"))) for p in sorted(paths)]:
        checked += 1
        wrong += ["%s: %s: %s" % (name, e.json_path, e.message[:200]) for e in seats.iter_errors(text)]
    for good, change in SPOILED:
        checked += 1
        if seats.is_valid(spoil(good, change)):
            wrong.append("the schema accepts %r" % (change,))
    print("\n".join(wrong))
    print("%d checked, %d wrong" % (checked, len(wrong)))
    return 1 if wrong or len(paths) < 15 else 0


if __name__ == "__main__":
    sys.exit(main())
