#include "gateway/haproxy/chain_script.h"

namespace everseal::gateway::haproxy {
namespace {

// The certificates that the client sent above its own stand one after the other in
// ssl_c_chain_der. Each is cut by the lengths of DER; what does not fit reads as "no chain that can
// be judged".
constexpr std::string_view script =
    R"lua(-- Where the content of the value at `at` begins, and where what follows it does.
local function bounds(der, at)
  local length = der:byte(at + 1)
  if length == nil then return nil end
  local first = at + 2
  if length >= 0x80 then
    local octets = length - 0x80
    if octets < 1 or octets > 3 then return nil end
    length = 0
    for _ = 1, octets do
      local octet = der:byte(first)
      if octet == nil then return nil end
      length = length * 256 + octet
      first = first + 1
    end
  end
  if first + length - 1 > #der then return nil end
  return first, first + length
end

-- The certificates of a text that has one after the other, or nil.
local function certificates(der)
  local all = {}
  local at = 1
  while at <= #der do
    local _, behind = bounds(der, at)
    if behind == nil then return nil end
    all[#all + 1] = der:sub(at, behind - 1)
    at = behind
  end
  return all
end

local function chain(txn)
  local der = txn.f:ssl_c_chain_der()
  if der == nil or der == "" then return {} end
  return certificates(der)
end

-- Octets of a character in the string types that are not UTF-8.
local widths = {
  [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x16] = 1, [0x1A] = 1, [0x1C] = 4, [0x1E] = 2
}

-- The characters of a string in UTF-8; of all else the octets.
local function characters(tag, octets)
  local width = widths[tag]
  if width == nil or (width == 1 and not octets:find("[\x80-\xFF]")) then return octets end
  local all = {}
  for at = 1, #octets - width + 1, width do
    all[#all + 1] = utf8.char((string.unpack(">I" .. width, octets, at)))
  end
  return table.concat(all)
end

-- What all encodings of the name at `at` have in common: of each attribute the type and the
-- characters.
-- Name ::= SEQUENCE OF SET OF SEQUENCE { type, value }
local function name(der, at)
  local parts = {}
  local set, after_name = bounds(der, at)
  while set < after_name do
    parts[#parts + 1] = "/"
    local pair, after_set = bounds(der, set)
    while pair < after_set do
      local kind, after_pair = bounds(der, pair)
      local _, value = bounds(der, kind)
      local first, behind = bounds(der, value)
      local text = characters(der:byte(value), der:sub(first, behind - 1))
      parts[#parts + 1] = der:sub(kind, value - 1) .. string.pack(">s4", text)
      pair = after_pair
    end
    set = after_set
  end
  return table.concat(parts)
end

-- In hexadecimal: the serial number, and the SHA-1 of the issuer's name.
-- Certificate ::= SEQUENCE { SEQUENCE { [0] version, serialNumber, signature, issuer, ... } ... }
local function serial_and_issuer(txn, der)
  local at = bounds(der, 1)
  at = at and bounds(der, at)
  if at == nil then return nil end
  if der:byte(at) == 0xA0 then
    local _, behind = bounds(der, at)
    at = behind
  end
  local serial, after_serial = bounds(der, at)
  if serial == nil then return nil end
  local _, issuer = bounds(der, after_serial)
  if issuer == nil then return nil end
  local octets = der:sub(serial, after_serial - 1):gsub("^%z+", "")
  return txn.c:hex(octets), txn.c:hex(txn.c:sha1(name(der, issuer)))
end

-- What the rules look up of the certificates above the client's own: sess.serial1 and, hashed, the
-- name of its issuer, sess.above1; then 2 and 3. sess.path has them all and where the connection
-- comes from: "AA:NAME,BB:NAME@192.0.2.1:5555". sess.depth is how many certificates there are in
-- all; it comes last, so that it is there if and only if all others are.
core.register_action("mtls_remember", { "tcp-req" }, function(txn)
  local above = chain(txn)
  if above == nil then return end
  local path = {}
  for at = 1, math.min(#above, 3) do
    local serial, issuer = serial_and_issuer(txn, above[at])
    if serial == nil then return end
    txn:set_var("sess.serial" .. at, serial)
    txn:set_var("sess.above" .. at, issuer)
    -- None can be revoked that has a longer one; it must not push others out of the table's key.
    path[at] = serial:sub(1, 40) .. ":" .. issuer
  end
  txn:set_var("sess.path", table.concat(path, ",") .. "@" .. txn.f:src() .. ":" .. txn.f:src_port())
  txn:set_var("sess.depth", #above + 1)
end)

-- PEM with %XX for what is no letter, digit, or one of -+/=
local function encoded(txn, der)
  local text = txn.c:base64(der):gsub(("."):rep(64), "%0%%0A")
  if text:sub(-3) ~= "%0A" then text = text .. "%0A" end
  return "-----BEGIN%20CERTIFICATE-----%0A" .. text .. "-----END%20CERTIFICATE-----%0A"
end

core.register_fetches("mtls_chain", function(txn)
  local all = { encoded(txn, txn.f:ssl_c_der()) }
  for _, der in ipairs(chain(txn) or {}) do all[#all + 1] = encoded(txn, der) end
  return table.concat(all)
end)
)lua";

}  // namespace

std::string_view chain_script() { return script; }

}  // namespace everseal::gateway::haproxy
