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
 * @typedef {object} Verdict the server's word on one change
 * @property {"ok"|"merged"|"held"|"refused"} verdict
 * @property {number|null} seq
 * @property {string} hash of the change it answers for
 * @property {Problem} [problem]
 *
 * @typedef {object} SpaceAnswer
 * @property {Record<string, Verdict>} results
 * @property {Array<[number, string] | [number, string, string, Body|null]>} rows
 * @property {string[]} gone
 * @property {string} cursor
 * @property {string} at
 * @property {boolean} more
 * @property {"history"|"view"|"floor"} [reset]
 * @property {Problem} [problem]
 *
 * @typedef {object} Person who uses this tablet, known without a network
 * @property {{id: string, email: string}} account
 * @property {Array<{id: string, name: string, person: string, person_name: string,
 *   roles: Array<{role: string, school: string|null}>}>} spaces
 * @property {{id: string, name: string}} device
 *
 * @typedef {object} LocalRecord one record as this tablet knows it: the server's row with own waiting changes laid over it
 * @property {string} id
 * @property {string} kind
 * @property {string} space
 * @property {number} seq 0 until the server has it
 * @property {Body} body
 * @property {boolean} waiting
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
 * @property {null|"slow"|"full"|"lost"|"blocked"|"newer"} storageTrouble
 * @property {boolean|null} offline
 * @property {boolean} mustUpdate
 *
 * @typedef {object} NeedsYou one thing a person has to look at
 * @property {string} cid
 * @property {string} kind
 * @property {string} id
 * @property {string} space
 * @property {Change|null} change
 * @property {"refused"|"held"|"doubt"} verdict
 * @property {Problem} problem
 * @property {number} at
 *
 * @typedef {{new: {kind: string, id: string, body: Body}, after?: number}
 *   | {kind: string, id: string, set: Record<string, any>, after?: number}} Edit
 */
export {}
