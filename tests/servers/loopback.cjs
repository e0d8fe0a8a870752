// Preloaded into Node: whatever listens on a port does so on 127.0.0.1 only.
"use strict";
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(...given) {
  const [first, ...rest] = given;
  if (typeof first === "number" || (typeof first === "string" && /^\d+$/.test(first))) {
    const others = typeof rest[0] === "string" ? rest.slice(1) : rest;
    return listen.call(this, Number(first), "127.0.0.1", ...others);
  }
  if (first !== null && typeof first === "object" && "port" in first) {
    return listen.call(this, { ...first, host: "127.0.0.1" }, ...rest);
  }
  return listen.apply(this, given);
};
