import { t, tc } from '../core/gettext.js'
import { path } from '../core/observation.js'

/** What was rated, counted or answered: between the parts that ask and the draft that keeps it. */
export class AnswerHand {
  /** @param {any} draft */
  constructor(draft) {
    this.draft = draft
  }

  gate = ({ detail: { gate, value } }) => this.draft.write({ [path.gate(gate)]: value && { value } }, tc('a step', 'answer'))
  form = ({ detail: { form } }) => this.draft.write({ form }, tc('a step', 'form'))
  fact = ({ detail: { field, key, value } }) => this.draft.write({ [`${field}/${key}`]: value }, tc('a step', 'answer'))
  choice = ({ detail: { item, value } }) => this.draft.write({ [path.choice(item)]: value }, tc('a step', 'answer'))
  row = ({ detail: { id, row, why } }) => this.draft.write({ [path.row(id)]: row }, why)
  asked = ({ detail: { place, value, why } }) => this.draft.write({ [path.asked(place)]: value }, why)
  sweep = ({ detail: { id, sweep, why } }) => this.draft.write({ [path.sweep(id)]: sweep }, why)
  interval = ({ detail: { id, interval, why } }) => this.draft.write({ [path.interval(id)]: interval }, why)
  turn = ({ detail: { id, turn, why } }) => this.draft.write({ [path.turn(id)]: turn }, why)
  seats = ({ detail }) => this.draft.write({ seats: detail }, tc('a step', 'seats'))
  talk = ({ detail: { set, why } }) =>
    this.draft.write(Object.fromEntries(Object.entries(set).map(([id, stretch]) => [path.talk(id), stretch])), why)

  rating = ({ detail: { indicator, rating } }) => {
    const step = rating ? tc('a step', 'rating') : t('rating cleared')
    this.draft.write({ [path.rating(indicator)]: rating, last: indicator }, step)
  }

  tie = ({
    detail: {
      line: { id, ...line },
      indicator,
      isTied,
    },
  }) => {
    const others = (line.indicators ?? []).filter((one) => one !== indicator)
    this.draft.write(
      { [path.evidence(id)]: { ...line, indicators: isTied ? [...others, indicator] : others } },
      isTied ? t('note tied') : t('note untied'),
    )
  }
}
