"""Deliberate mistakes in the protocol. The simulation has to notice each of them.

`(file, what stands there, what stands there instead)`. A mutant whose place is gone does not apply,
which is a failure too: it has to follow the code.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    old: str
    new: str


PUSH, PULL, EXCHANGE, LOG = "sync/push.py", "sync/pull.py", "sync/exchange.py", "walkapp/log.py"
MERGE, VIEW = "sync/merge.py", "walkapp/views/sync.py"
JS = "static/js/"
OUTBOX, ANSWER, VERDICTS = (JS + f"store/{one}.js" for one in ("outbox", "answer", "verdicts"))
WALK, HISTORY, READING = (JS + f"store/{one}.js" for one in ("walk", "history", "reading"))

MUTANTS = (
    # ---- the server ----
    Mutant(
        "acknowledged before it is committed", "walkapp/database.py",
        "with Session(db.engine, expire_on_commit=False) as session, session.begin():",
        "with Session(db.engine, expire_on_commit=False) as session:",
    ),
    Mutant(
        "a change sent twice is judged twice", PUSH,
        "    if earlier is not None:\n        return _answer_again",
        "    if earlier is not None and earlier.seq is None:\n        return _answer_again",
    ),
    Mutant(
        "the cursor runs ahead of the page", PULL,
        "    end = page.end(head)\n", "    end = head.seq\n",
    ),
    Mutant(
        "nobody is told what left their sight", PULL,
        "return list(dict.fromkeys([*left, *sorted(pushed.hidden)]))", "return []",
    ),
    Mutant(
        "a changed right changes nothing", EXCHANGE,
        "if cursor.name != author.view:", "if False:",
    ),
    Mutant(
        "a lost history is not noticed", EXCHANGE,
        "    return log.tags([known.seq]).get(known.seq) != known.name",
        "    return False",
    ),
    Mutant(
        "what the author had seen does not matter", MERGE,
        "return [each for each in near if each[0] > change.base and each[2] not in known]",
        "return []",
    ),
    Mutant(
        "the text that gave way is dropped", MERGE,
        "        lay(merged, writer, beside(path, cid), loser)\n\n\ndef _fold",
        "        pass\n\n\ndef _fold",
    ),
    Mutant(
        "what gave way is not written down", MERGE,
        "    merged.lost[path] = value\n    merged.exact = False", "    merged.exact = False",
    ),
    Mutant(
        "what was overwritten is not written down", MERGE,
        "    merged.overwritten[path] = get(merged.body, path)\n", "",
    ),
    Mutant(
        "what is held is not kept", PUSH,
        "return _remember(desk, change, verdict, kept=as_sent(change))",
        "return _remember(desk, change, verdict)",
    ),
    Mutant(
        "merged is called ok", PUSH,
        "verdict = OK if merged.exact and _saw_all(desk, before, change) else MERGED",
        "verdict = OK",
    ),
    Mutant(
        "everybody sees everything", PULL,
        "scopes = None if author.all_seeing else author.scopes", "scopes = None",
    ),
    Mutant(
        "rows of one's own push are passed over by id and not by number", PULL,
        "[record for record in page.records if record.seq not in pushed.exact]",
        "[record for record in page.records if not pushed.verdicts]",
    ),
    Mutant(
        "an agreement that is over is read by all the same", "walkapp/access/ability.py",
        "if not one.over and able.may(", "if able.may(",
    ),
    Mutant(
        "what a team gave is read before the reveal", "walkapp/records/observation.py",
        "(TOGETHER in body and REVEALED not in body)", "False",
    ),
    Mutant(
        "the head does not move with the commit", LOG,
        '            self._each(sql.ADVANCE, [{"seq": batch.commit.seq}])',
        '            self._each(sql.ADVANCE, [{"seq": batch.commit.seq - 1}])',
    ),
    # ---- the tablet ----
    Mutant(
        "the outbox is emptied by sending", ANSWER,
        "const answered = sent.filter(({ cid }) => results[cid])\n",
        "const answered = sent; results = Object.fromEntries(sent.map(({ cid, hash }) => [cid,"
        " results[cid] ?? { verdict: 'ok', seq: 0, hash }]))\n",
    ),
    Mutant(
        "a receipt for something else is taken", VERDICTS,
        "if (!SETTLE[verdict.verdict] || verdict.hash !== hash)", "if (!SETTLE[verdict.verdict])",
    ),
    Mutant(
        "rows are dropped when the cursor moves", ANSWER,
        "for (const row of answer.rows ?? []) if (isWhole(row))",
        "for (const row of (answer.rows ?? []).slice(1)) if (isWhole(row))",
    ),
    Mutant(
        "what was sent is forgotten at the receipt", VERDICTS,
        "desk.sent.set(change.cid,", "void (change.cid,",
    ),
    Mutant(
        "what was sent is not offered to a restored server", HISTORY,
        "for (const store of ['sent', 'outbox'])", "for (const store of ['outbox'])",
    ),
    Mutant(
        "what the network had may still be joined", OUTBOX,
        "{ ...entry, frozen: true }", "{ ...entry, frozen: false }",
    ),
    Mutant(
        "a refused change is put away in silence", VERDICTS,
        "  note(desk, entry, 'refused', verdict, at)\n", "",
    ),
    Mutant(
        "a walk forgets nothing", WALK,
        "for (const ids of chunks(lost))", "for (const ids of chunks([]))",
    ),
    Mutant(
        "the waiting are not counted", READING,
                "        waiting: outbox.result,", "        waiting: 0,",
    ),
    Mutant(
        "what is gone is kept", ANSWER,
        "for (const id of answer.gone ?? []) forget(desk, id)", "",
    ),
)  # fmt: skip
