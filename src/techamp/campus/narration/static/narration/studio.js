// Records a segment with the browser's microphone and puts the take into the segment's form. Without it, files can be uploaded.
const kinds = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

class Take {
  #recorder; #chunks = []; #button; #clock; #audio; #input; #label; #began; #timer;

  constructor(box) {
    this.#button = box.querySelector("[data-record]");
    this.#clock = box.querySelector("[data-clock]");
    this.#audio = box.querySelector("audio");
    this.#input = box.parentElement.querySelector("input[type=file]");
    this.#label = this.#button.firstChild;
    this.#button.addEventListener("click", () => this.#recorder ? this.#recorder.stop() : this.#begin());
    box.hidden = false;
  }

  async #begin() {
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true } }); }
    catch { document.querySelector("[data-no-microphone]").hidden = false; return; }
    const kind = kinds.find(k => MediaRecorder.isTypeSupported(k));
    this.#recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 48000 });
    this.#chunks = [];
    this.#recorder.addEventListener("dataavailable", event => this.#chunks.push(event.data));
    this.#recorder.addEventListener("stop", () => this.#finish(stream, kind));
    this.#recorder.start(1000);
    this.#began = Date.now();
    this.#timer = setInterval(() => this.#tick(), 500);
    this.#say(this.#button.dataset.stopLabel, true);
  }

  #finish(stream, kind) {
    clearInterval(this.#timer);
    stream.getTracks().forEach(track => track.stop());
    this.#recorder = undefined;
    this.#say(undefined, false);
    const type = kind.split(";")[0];
    const file = new File(this.#chunks, `take.${type.split("/")[1]}`, { type });
    const list = new DataTransfer();
    list.items.add(file);
    this.#input.files = list.files;
    this.#audio.src = URL.createObjectURL(file);
    this.#audio.hidden = false;
  }

  #tick() {
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    this.#clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  #first;
  #say(words, on) {
    this.#first ??= this.#label.data;
    this.#label.data = words ?? this.#first;
    this.#button.classList.toggle("recording", on);
  }
}

if (navigator.mediaDevices && "MediaRecorder" in window) for (const box of document.querySelectorAll("[data-take]")) new Take(box);
else document.querySelector("[data-no-microphone]").hidden = false;
