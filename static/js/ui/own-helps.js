/** This browser's own helps in one visit: phrases, and hints that were let be. No other tablet hears of them. */
export class OwnHelps {
  /** @param {{app: any, id: string, shown: () => void}} hands */
  constructor({ app, id, shown }) {
    Object.assign(this, { app, id, shown })
  }

  get phrases() {
    return this.#list('phrases')
  }

  keepPhrase = ({ detail: { text } }) => this.#keep('phrases', [...this.phrases, text])
  forgetPhrase = ({ detail: { text } }) =>
    this.#keep(
      'phrases',
      this.phrases.filter((one) => one !== text),
    )

  get left() {
    return this.#list(`left:${this.id}`)
  }

  leave = ({ detail: { key } }) => this.#keep(`left:${this.id}`, [...this.left, key])

  #list(name) {
    try {
      return JSON.parse(this.app.recall(name) ?? '[]')
    } catch {
      return []
    }
  }

  #keep(name, list) {
    this.app.remember(name, JSON.stringify(list))
    this.shown()
  }
}
