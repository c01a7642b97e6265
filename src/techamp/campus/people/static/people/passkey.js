// Passkeys: offer them where the browser has them, and say on the page when one was not used. allauth's scripts do the rest.
if (window.PublicKeyCredential) for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;

document.addEventListener("allauth.error", event => {
  const fault = document.querySelector("[data-passkey-fault]");
  if (!fault) return;
  event.preventDefault();
  fault.hidden = false;
  fault.tabIndex = -1;
  fault.focus();
});
