"""Notes about invented organisations, each of which raises an alert or takes it back."""

FIRST = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple", "Oak", "Poplar"]
SECOND = ["Labs", "Systems", "Robotics", "Research", "Dynamics"]
ORGANIZATIONS = [f"{first} {second}" for first in FIRST for second in SECOND]


def note(random, number):
    name = ORGANIZATIONS[random.randrange(len(ORGANIZATIONS))]
    head = f"---\ntitle: Note {number}\ndate: 2026-02-{random.randrange(1, 28):02}\npublisher: The Harbour Ledger\n---\n\n"
    kind = random.randrange(4)
    if kind == 0:
        body = f"{name} laid off {random.randrange(60, 900)} people on 19 February 2026.\n"
    elif kind == 1:
        body = f"{name} has abandoned its plan for a second data centre. It will not be built.\n"
    elif kind == 2:
        body = f"It rained all day at {name}, and the harbour was quiet.\n"
    else:
        body = f"{name} laid off {random.randrange(60, 900)} people in January 2026.\n\n" + "The harbour was quiet again. " * random.randrange(1, 80) + "\n"
    return head + body


def change_something(random, folder, number):
    """One act of a person with an editor: a new note, an edit, a rename or a deletion."""
    import os

    names = sorted(name for name in os.listdir(folder) if name.endswith(".md"))
    act = random.random()
    if not names or act < 0.5:
        path = os.path.join(folder, f"note{number}.md")
    elif act < 0.8:
        path = os.path.join(folder, random.choice(names))
    elif act < 0.9:
        os.rename(os.path.join(folder, random.choice(names)), os.path.join(folder, f"moved{number}.md"))
        return
    else:
        os.unlink(os.path.join(folder, random.choice(names)))
        return
    if random.random() < 0.5:
        with open(path, "w") as file:
            file.write(note(random, number))
    else:
        with open(path + ".tmp", "w") as file:
            file.write(note(random, number))
        os.rename(path + ".tmp", path)
