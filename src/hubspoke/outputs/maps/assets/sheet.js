"use strict";
/* A canvas over the map that is drawn again only when it must be. */
(function () {
  const SLACK = 0.08;

  /* Leaflet moves and scales a renderer while the map is dragged or zoomed; ours draws by itself instead of by layers. */
  hubspoke.Sheet = L.Renderer.extend({
    initialize(picture, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._picture = picture;
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
    },
    _destroyContainer() {
      this._container.remove();
      this._container = null;
      this._drawn = null;
    },
    _name() {
      return [this._map.getZoom(), this._map.getPixelOrigin(), this._map.getSize(), hubspoke.state.sharp].join(" ");
    },
    /* What is drawn reaches over the edges; while enough of that is left after a move, nothing is drawn again. */
    _isEnough() {
      if (!this._drawn || this._drawn.view !== this._name()) return false;
      const size = this._map.getSize();
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const shown = L.bounds(corner.subtract(size.multiplyBy(SLACK)), corner.add(size.multiplyBy(1 + SLACK)));
      return this._drawn.bounds.contains(shown);
    },
    _update() {
      if ((this._map._animatingZoom && this._bounds) || this._isEnough()) return;
      L.Renderer.prototype._update.call(this);
      this._drawn = { view: this._name(), bounds: this._bounds };
      const size = this._bounds.getSize();
      const fine = hubspoke.state.sharp || Math.min(2, window.devicePixelRatio || 1);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = fine * size.x;
      canvas.height = fine * size.y;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      const ctx = canvas.getContext("2d");
      ctx.setTransform(fine, 0, 0, fine, -fine * this._bounds.min.x, -fine * this._bounds.min.y);
      this._picture(ctx, this._bounds);
    },
    redraw() {
      this._drawn = null;
      this._update();
    },
  });
})();
