import { t } from '../core/gettext.js'
import { path } from '../core/observation.js'

/** What becomes of the photos of one observation: between the parts that show them and the app that keeps them. */
export class PhotoHand {
  /** @param {{app: any, id: string, draft: () => any, shown: () => void}} hands */
  constructor({ app, id, draft, shown }) {
    Object.assign(this, { app, id, draft, shown })
  }

  look = (sha) => this.app.lookAtPhoto(this.id, sha)

  picked = async ({ target, detail: { file } }) => {
    try {
      target.show(await this.app.paintPhoto(file))
    } catch (error) {
      target.failed(error)
    }
  }

  taken = async ({ target, detail: { photo, boxes, words } }) => {
    try {
      // Painted over in the pixels before anything is kept; the picture without the covers is forgotten.
      const covered = boxes.length ? await this.app.paintPhoto(new Blob([photo.bytes], { type: photo.type }), boxes) : photo
      const sha = await this.app.addPhoto(this.id, covered, words)
      target.kept()
      this.draft().remember(t('photo added'), { [path.photo(sha)]: null })
      this.shown()
    } catch (error) {
      target.failed(error)
    }
  }

  away = ({ detail: { photo } }) => this.draft().write({ [path.photo(photo.sha)]: null }, t('photo taken away'))
}
