// What a viewer does with the picture.
extension FlameGraphSVG {
    static let style = """
        text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1d1a16;\
        pointer-events:none}.head{font-size:15px;font-weight:bold}.note{fill:#6b665c}\
        g{cursor:pointer}g:hover rect{stroke:#1d1a16;stroke-width:.6}
        """

    /// A click on a frame spreads it over the whole width, with what is above it; frames below are as
    /// wide as it, others are hidden.
    static let script = """

        const left = 10, room = 1180, letter = 6.7;
        const frames = [...document.querySelectorAll('g')].map(g => ({
          g, start: +g.dataset.s, width: +g.dataset.w,
          rect: g.querySelector('rect'), text: g.querySelector('text')}));
        function show(start, width) {
          for (const f of frames) {
            const from = Math.max(f.start, start), to = Math.min(f.start + f.width, start + width);
            const wide = (to - from) / width * room;
            f.g.style.display = wide > 0.2 ? '' : 'none';
            if (wide <= 0.2) continue;
            const x = left + (from - start) / width * room;
            f.rect.setAttribute('x', x);
            f.rect.setAttribute('width', wide);
            f.text.setAttribute('x', x + 3);
            const count = Math.floor((wide - 6) / letter), name = f.text.dataset.n;
            f.text.textContent =
              count < 3 ? '' : name.length <= count ? name : name.slice(0, count - 1) + '…';
          }
        }
        for (const f of frames) f.g.addEventListener('click', () => show(f.start, f.width));

        """
}
