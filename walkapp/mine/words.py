"""What the page of a person says: the consent, the kinds of reply, how somebody looked."""

from ..languages import N_
from ..records import reply

# What a teacher agrees to. It is kept with her claim as it stood before her, in her language.
CONSENT = N_(
    "I agree that this visit is linked to me, for one purpose: that I can read what was written"
    " about it once it is released. Those who made the visit see my name to confirm that it was"
    " my room. The principal's desk, reports and everybody else do not see this link; what I"
    " reply is read by the visitor and the principal without my name. I can withdraw at any time;"
    " from then on nothing of it can be read here."
)

SAYS = {
    reply.ACKNOWLEDGE: (N_("I have read it"), N_("No words are needed.")),
    reply.CONTEXT: (N_("I add context"), N_("What the visitor could not know.")),
    reply.THANKS: (N_("Thank you"), N_("With words or without.")),
    reply.CORRECTION: (
        N_("I ask for a correction"),
        N_("What is not as it was. The principal reads this too and can reopen the notes."),
    ),
    reply.CONTEST: (
        N_("I see it differently"),
        N_("It stays beside the notes as your view. The principal reads this too."),
    ),
}
SAID = {
    reply.ACKNOWLEDGE: N_("Read"),
    reply.CONTEXT: N_("Context added"),
    reply.THANKS: N_("Thanked"),
    reply.CORRECTION: N_("A correction was asked for"),
    reply.CONTEST: N_("Seen differently"),
}

MOST_CHARACTERS = 4_000
