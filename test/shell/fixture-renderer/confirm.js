// The part of the confirmation page that the shell's tests need.
const text = await window.confirmation.question()
document.querySelector('h1').textContent = text.title
document.querySelector('p').textContent = text.warning ?? text.intro
