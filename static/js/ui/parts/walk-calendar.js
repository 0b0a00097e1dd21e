import { html, nothing } from '../../vendor/lit-html.js'
import { calendarFile } from '../../core/calendar.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { handOver } from '../hand-over.js'
import { roomName, schoolName } from '../room-words.js'

/** The walk for a calendar, made on this tablet. Which rooms it goes to stays out of it, unless the lead wants them in. */
class WalkCalendar extends LightElement {
  view() {
    return html`<details><summary>${t('Put it in a calendar')}</summary><div class="stack">
      <p class="quiet">${t('A file for any calendar, with the day, the questions and the stops by their numbers. Nobody is named in it.')}</p>
      ${this.leads ? html`<label class="check"><input type="checkbox"><span>${t('With the rooms')}<span class="quiet"> ${t('(whoever reads the calendar then knows where you go)')}</span></span></label>` : nothing}
      <p><button type="button" class="button" @click=${this.#give}>${t('Calendar file')}</button></p></div></details>`
  }

  #give = () => handOver(new File([this.#file()], `walk-${this.walk.body.date}.ics`, { type: 'text/calendar' }))

  #file() {
    const { id, body } = this.walk
    const withRooms = this.querySelector('input')?.checked
    const about = [
      t('Focus question: {words}', { words: body.focus }),
      ...(body.problem ? [t('Problem of practice: {words}', { words: body.problem })] : []),
      ...(body.look_fors ? [t('Look for: {words}', { words: body.look_fors })] : []),
    ]
    const event = {
      id,
      title: body.title || t('Learning walk'),
      date: body.date,
      place: this.school ? schoolName(this.school.body) : '',
      about,
      minutes: body.visit_minutes,
    }
    const stops = this.stops.map(({ visit, room }) => ({
      number: visit.body.number,
      at: visit.body.planned_at,
      room: withRooms && room ? roomName(room.body) : undefined,
    }))
    return calendarFile(event, stops, this.now())
  }
}

define('walk-calendar', WalkCalendar, ['walk', 'school', 'stops', 'leads', 'now'])
