import { html, nothing } from '../../vendor/lit-html.js'
import { givenAt } from '../../core/feedback.js'
import { t, tn } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { changesBetween } from '../../core/version-diff.js'
import { differenceWords, SAID_WORDS } from '../desk-words.js'
import { define, LightElement } from '../element.js'

/** The versions that went back, each still to be read, and what was different in the one that came next. */
class VersionHistory extends LightElement {
  view() {
    const { versions, body } = this
    if (!versions.length) return nothing
    const last = versions.at(-1)
    return html`<section class="stack" aria-labelledby="versions-title"><h2 id="versions-title">${t('Earlier versions')}</h2>
      ${body ? html`<p>${this.#told(last, body)}</p>${this.#changes(last.version, body)}` : nothing}
      <ul class="rows">${versions.map((one, at) => html`<li>${this.#version(one, versions[at + 1]?.version)}</li>`)}</ul></section>`
  }

  /** Whoever read it before hears first that it is another one, and how far. */
  #told({ verb, at }, body) {
    const count = changesBetween(this.versions.at(-1).version, body).length
    const time = sayTime(at, this.now)
    const back =
      verb === 'reopen'
        ? t('It was reopened {time} and came again.', { time })
        : t('It was sent back {time} and came again.', { time })
    if (!count) return html`${back} ${t('Nothing in it is different.')}`
    return html`${back} ${tn('{count} thing is different.', '{count} things are different.', count)}`
  }

  #version(review, next) {
    const { verb, at, by, text, version } = review
    const given = givenAt(version)
    const went = [SAID_WORDS[verb], this.people.get(by), sayTime(at, this.now)].filter(Boolean).join(' · ')
    return html`<a class="row" href=${`#/desk/${review.observation}/${review.id}`}><span>
        <span class="title">${given ? t('As it was given {time}', { time: sayTime(given, this.now) }) : t('As it was given')}</span>
        <span class="about">${went}</span><span class="about keep-lines">${text}</span></span></a>
      ${next ? this.#changes(version, next) : nothing}`
  }

  #changes(was, now) {
    const changes = changesBetween(was, now)
    if (!changes.length) return nothing
    return html`<details><summary>${t('Before and now, side by side')}</summary><ul class="rows">${changes.map((one) => html`<li>${this.#change(one)}</li>`)}</ul></details>`
  }

  #change(difference) {
    const { what, was, now } = differenceWords(difference, this.content)
    return html`<article class="beside"><h3>${what}</h3><dl>
      <div><dt>${t('Before')}</dt><dd class="keep-lines">${was}</dd></div>
      <div><dt>${t('Now')}</dt><dd class="keep-lines">${now}</dd></div></dl></article>`
  }
}

define('version-history', VersionHistory, ['versions', 'body', 'content', 'people', 'now'])
