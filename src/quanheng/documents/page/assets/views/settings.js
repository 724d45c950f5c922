// Language, care mode (关怀版) and reading aloud by the browser's own voices.

function settings() {
  const other = state.language === "zh" ? "en" : "zh";
  return [
    button(other === "en" ? "English" : "中文", () => go({ language: other }), { lang: other === "en" ? "en" : "zh-CN" }),
    button(say(state.care ? "care.off" : "care.on"), () => {
      keep("care", state.care ? "0" : "1");
      const care = !state.care;
      go({ care });
      announce(say(care ? "care.is.on" : "care.is.off"));
    }, { "aria-pressed": String(state.care) }),
    button(say("aloud"), readAloud, { "aria-pressed": String(speaking()) }),
  ];
}

function speaking() {
  return "speechSynthesis" in window && window.speechSynthesis.speaking;
}

/** Read the view aloud, or stop; where the browser has no voice, say so. */
function readAloud() {
  const synthesis = window.speechSynthesis;
  if (!synthesis || !synthesis.getVoices().length) {
    announce(say("no.voices"));
    document.getElementById("aloud").textContent = say("no.voices");
    return;
  }
  if (synthesis.speaking) {
    synthesis.cancel();
    return;
  }
  const text = [...document.querySelectorAll("main h2, main .lead, main figcaption, main .facts dt, main .facts dd")].map((each) => each.textContent).join("\n");
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = state.language === "zh" ? "zh-CN" : "en";
  synthesis.speak(utterance);
}
