"""Schools, rooms, people, roles and rubric versions: entered through the log, or not at all.

Every function takes an open writing session and leaves the record, the rows of its own tables
and an audit row in that one transaction. `actor` is the id of the account that asked, or SERVICE.
"""

from ..queries.accounts import email_of
from .accounts import set_account_password
from .grants import NewGrant, add_grant, end_grant
from .no_visits import add_quiet_days, ask_no_visits, remove_quiet_days
from .people import add_person, change_person
from .policy import change_feedback_due, change_keeping, change_mail, change_room_reads
from .refused import Refused
from .returned import settle_returned
from .rooms import add_room, change_room
from .rubrics import lacks_rubrics, publish_rubrics
from .schools import add_school, change_school
from .sign_ins import end_all_sign_ins, end_sign_in
from .spaces import create_space
from .writing import SERVICE

__all__ = [
    "SERVICE",
    "NewGrant",
    "Refused",
    "add_grant",
    "add_person",
    "add_quiet_days",
    "add_room",
    "add_school",
    "ask_no_visits",
    "change_feedback_due",
    "change_keeping",
    "change_mail",
    "change_person",
    "change_room",
    "change_room_reads",
    "change_school",
    "create_space",
    "email_of",
    "end_all_sign_ins",
    "end_grant",
    "end_sign_in",
    "lacks_rubrics",
    "publish_rubrics",
    "remove_quiet_days",
    "set_account_password",
    "settle_returned",
]
