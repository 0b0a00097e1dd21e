// @ts-check
/**
 * The shapes that travel through the tablet. Only for the type checker: nobody loads this file.
 *
 * @typedef {Record<string, any>} Body a record's fields, as the server and the screens know them
 *
 * @typedef {object} Change what this tablet did to one record, exactly as it is sent
 * @property {string} cid
 * @property {string} kind
 * @property {string} id
 * @property {number} at
 * @property {Body} [new] the whole body of a record that begins here
 * @property {Record<string, any>} [set] paths to values; null removes
 * @property {number} [base] the seq of the row the editor looked at
 * @property {string[]} [seen] own earlier changes to the record that no row has brought back yet
 * @property {string} [after] a change that has to be applied first
 *
 * @typedef {object} Problem why something was not done, in words for a person
 * @property {string} code
 * @property {string} [title]
 * @property {string} [detail]
 * @property {string} [next]
 * @property {string} [pointer]
 *
 * @typedef {{at: number|null, waiting: boolean, refused: boolean, fetched: boolean}} Receipt where own work on one record is
 *
 * @typedef {object} Verdict the server's word on one change
 * @property {"ok"|"merged"|"held"|"refused"} verdict
 * @property {number|null} seq
 * @property {string} hash of the change it answers for
 * @property {Problem} [problem]
 *
 * @typedef {object} SpaceAnswer
 * @property {Record<string, Verdict>} results
 * @property {Array<[number, string] | [number, string, string, Body|null, string?]>} rows the last is the server's mark
 * @property {string[]} gone
 * @property {string} cursor
 * @property {string} at
 * @property {boolean} more
 * @property {"history"|"view"|"floor"} [reset]
 * @property {number} [common] the newest commit of the trail that was sent which is in the server's history
 * @property {Record<string, "taken"|"known"|"refused">} [offers] what became of rows offered back
 * @property {number} [now] the server's clock
 * @property {Problem} [problem]
 *
 * @typedef {object} Person who uses this tablet, known without a network
 * @property {{id: string, email: string}} account
 * @property {Array<{id: string, name: string, person: string, person_name: string,
 *   roles: Array<{role: string, school: string|null}>, rescue_key?: any, voucher?: string|null}>} spaces
 * @property {{id: string, name: string}} device
 * @property {Elsewhere[]} [elsewhere] told at the sign-in, until it is seen
 *
 * @typedef {{id: string, name: string, unsent: number, files: number, reported_at: number|null}} Elsewhere what waited on
 *   another tablet of the same person when it was last heard of
 *
 * @typedef {object} LocalRecord one record as this tablet knows it: the server's row with own waiting changes laid over it
 * @property {string} id
 * @property {string} kind
 * @property {string} space
 * @property {number} seq 0 until the server has it
 * @property {Body} body
 * @property {boolean} waiting
 * @property {Record<string, true>} [revived] paths that were removed here and that a later edit elsewhere brought back
 *
 * @typedef {object} ListRow one line of a list
 * @property {string} id
 * @property {string} kind
 * @property {string} space
 * @property {number} seq
 * @property {number} at what lists are ordered by
 * @property {boolean} waiting
 * @property {Body} summary
 *
 * @typedef {object} Status what the status line speaks from
 * @property {number} waiting changes without a receipt
 * @property {number|null} oldestWaitingAt
 * @property {number} needsYou
 * @property {number} held
 * @property {number|null} lastReceiptAt
 * @property {number|null} lastContactAt
 * @property {boolean|null} persisted
 * @property {number} heals
 * @property {boolean} signedOut
 * @property {boolean} syncing
 * @property {null|"slow"|"full"|"lost"|"closed"|"blocked"|"newer"|"failed"} storageTrouble
 * @property {number} unkept edits that are on the screen and not in the database
 * @property {"newer"|"failed"|null} readOnly the database is of a newer version, or could not be brought to this one
 * @property {string|null} errorId what to tell an administrator about it
 * @property {Damage|null} damage what this tablet's storage lost, until its person has seen it
 * @property {number} odd entries that cannot be read
 * @property {boolean} unsentTooLong work waits for hours where the browser may clear it
 * @property {boolean} lowRoom
 * @property {boolean} isPassing nothing written here survives closing the window
 * @property {boolean|null} secondCopy
 * @property {number|null} restoredAt the app was cut off in the middle of writing, and everything up to then is here
 * @property {boolean|null} offline
 * @property {boolean} [portal] what answers is the sign-in page of a Wi-Fi, not the server
 * @property {boolean} mustUpdate
 * @property {number} [conflicts] records in which two tablets wrote the same thing at once, still to be settled
 * @property {number} [files] photos without a receipt
 * @property {number} [filesSent] photos of this tablet that the server has
 * @property {number|null} [filesNextTryAt] when photos are tried again that could not be sent
 * @property {number} [filesNeedYou] photos that are damaged here, or that the server did not take
 * @property {boolean} [serverSlow] the server has been asked and has not answered for ten seconds
 * @property {number} [tries] tries in a row that failed
 * @property {number|null} [nextTryAt]
 * @property {number} [clockOff] ms by which the server's clock is ahead of this tablet's, 0 while they agree
 * @property {boolean} [stalled] the network works, work waits, and nothing moves although sending was begun anew
 * @property {number|null} [toSend] observations that wait for a sign-in; null when not counted
 *
 * @typedef {object} Damage what somebody remembers of this tablet's storage and is not there any more
 * @property {"emptied"|"cut"} why
 * @property {"tablet"|"server"|"copy"} by who remembers
 * @property {string} database
 * @property {number} missing changes that were numbered here and are not here now; most of them may be on the server
 * @property {number} unsent how many of them had no receipt, as last heard
 * @property {number} files
 * @property {number|null} wholeAt when all was well, as last heard
 * @property {number} foundAt
 *
 * @typedef {object} NeedsYou one thing a person has to look at
 * @property {string} cid
 * @property {string} kind
 * @property {string} id
 * @property {string} space
 * @property {Change|null} change
 * @property {"refused"|"held"|"doubt"|"stuck"} verdict
 * @property {Problem} problem
 * @property {number} at
 * @property {number} [until] when a stuck one is tried again
 *
 * @typedef {object} Conflicting one conflict of a record, and who wrote which version as far as this tablet knows
 * @property {string} key
 * @property {string} path
 * @property {any} stands
 * @property {any} beside
 * @property {{here: boolean, at: number|null}} standsBy
 * @property {{here: boolean, at: number|null}} besideBy
 *
 * @typedef {{new: {kind: string, id: string, body: Body}, after?: number}
 *   | {kind: string, id: string, set: Record<string, any>, after?: number}} Edit
 */
export {}
