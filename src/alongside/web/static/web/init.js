// Loaded in the head, before the page is drawn, so that what a script will fold away never flashes.
// Every page works without it; a browser too old for modules never gets as far as the class.
"use strict";
if ("noModule" in HTMLScriptElement.prototype) {
  document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");
  const begin = () => {
    document.body.classList.add("js-enabled", "govuk-frontend-supported");
    import("./govuk-frontend.min.js").then((frontend) => frontend.initAll());
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
}
