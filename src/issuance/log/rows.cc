#include "issuance/log/rows.h"

#include <algorithm>

namespace everseal::issuance::log {
namespace {

std::optional<Leaf::Kind> as_kind(std::int64_t number) {
  if (number < 1 || number > static_cast<std::int64_t>(Leaf::Kind::Import)) return std::nullopt;
  return static_cast<Leaf::Kind>(number);
}

}  // namespace

Fault damaged(std::string_view what) {
  return Fault::broken("the issuance log is damaged: " + std::string(what));
}

std::optional<Hash> as_hash(ByteView octets) {
  Hash hash;
  if (octets.size() != hash.size()) return std::nullopt;
  std::ranges::copy(octets, hash.begin());
  return hash;
}

Result<LeafRow> read_leaf(const sql::Row& row) {
  const auto kind = as_kind(row.integer(1));
  const auto digest = as_hash(row.blob(5));
  const auto root = as_hash(row.blob(6));
  if (!kind || !digest || !root) {
    return damaged("leaf " + std::to_string(row.integer(0)) + " cannot be read");
  }
  return LeafRow{.position = static_cast<std::uint64_t>(row.integer(0)),
                 .leaf = {.kind = *kind,
                          .time = row.time(2),
                          .authority = row.text(3),
                          .object = row.text(4),
                          .digest = *digest},
                 .root = *root};
}

Result<Frontier> read_state(sql::Snapshot& view) {
  const auto row = view.one("SELECT size, frontier FROM issuance_log WHERE id = 1");
  if (!row) return row.error();
  if (!*row) return damaged("its state is missing");
  const auto size = static_cast<std::uint64_t>((*row)->integer(0));
  auto frontier = Frontier::restore(size, (*row)->blob(1));
  if (!frontier) return damaged("its state does not fit its size");
  return *std::move(frontier);
}

}  // namespace everseal::issuance::log
