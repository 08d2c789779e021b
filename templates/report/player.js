// Plays the recording from a time that was clicked. Everything on the page reads without it.
(function () {
  const box = document.getElementById("player");
  const player = box.querySelector("video, audio");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    if (!link) return;
    box.classList.add("following");
    player.currentTime = Number(link.dataset.t);
    player.play().catch(() => {});
  });
  box.querySelector(".close").addEventListener("click", () => {
    player.pause();
    box.classList.remove("following");
  });
})();
