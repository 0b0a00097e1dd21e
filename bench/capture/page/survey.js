/** SurveyJS as its own guide sets it up, in its favour: the model is made before it is asked for, nothing moves, nothing is kept. */
const { Survey, SurveyUI } = globalThis
const box = document.querySelector('#form')
const form = await (await fetch('form.json')).json()
const mode = new URLSearchParams(location.search).get('mode')
let model

// Whatever slides or fades would only be waited for.
Survey.settings.animationEnabled = false
prepare()
document.querySelector('#open').addEventListener('click', () => SurveyUI.renderSurvey(model, box))
document.querySelector('#close').addEventListener('click', () => {
  SurveyUI.unmountComponentAtNode(box)
  model.dispose()
  prepare()
})
document.documentElement.dataset.ready = 'true'

function prepare() {
  model = new Survey.Model({ ...form, questionsOnPageMode: mode })
}
