#include "issuance/log/verification.h"

#include <deque>
#include <string>
#include <utility>

#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/proof.h"
#include "issuance/log/rows.h"

namespace everseal::issuance::log {
namespace {

constexpr int page_size = 512;

// Nothing, or what is wrong with the leaf at hand; a Fault is the database's.
using Finding = Result<std::optional<std::string>>;

std::optional<std::string> fine() { return std::nullopt; }

class Verifier {
 public:
  Verifier(sql::Snapshot& view, SignedBytes& signed_bytes, const crypto::PublicKey& log_key)
      : view_(view), signed_bytes_(signed_bytes), log_key_(log_key) {}

  Result<Verification> run();

 private:
  Outcome check_leaves();
  Result<int> check_page();
  // Each says what is wrong first.
  Finding check_row(const sql::Row& row);
  Finding check_place(const LeafRow& row);
  Finding check_tile(const Frontier::Completed& tile);
  Finding check_signed_bytes(const Leaf& leaf);
  Finding check_checkpoint();
  Finding check_end();
  Outcome check_claims();
  Finding check_claim(const SignedBytes::Claim& claim);
  Result<const Checkpoint*> next_checkpoint();
  // Whether all is well so far.
  Result<bool> accept(std::uint64_t position, const Finding& finding);

  sql::Snapshot& view_;
  SignedBytes& signed_bytes_;
  const crypto::PublicKey& log_key_;
  Frontier frontier_;
  std::deque<Checkpoint> checkpoints_;  // the next ones
  std::uint64_t checkpoints_from_ = 0;
  Verification found_{};
};

Result<Verification> Verifier::run() {
  const auto first = accept(0, check_checkpoint());
  if (!first) return first.error();
  if (const auto checked = check_leaves(); !checked) return checked.error();
  if (found_.is_sound()) {
    const auto last = accept(frontier_.size(), check_end());
    if (!last) return last.error();
  }
  if (found_.is_sound()) {
    if (const auto checked = check_claims(); !checked) return checked.error();
  }
  found_.head = {frontier_.size(), frontier_.root()};
  return std::move(found_);
}

Result<bool> Verifier::accept(std::uint64_t position, const Finding& finding) {
  if (!finding) return finding.error();
  if (*finding) found_.first_bad = BadLeaf{position, **finding};
  return found_.is_sound();
}

Outcome Verifier::check_leaves() {
  while (found_.is_sound()) {
    const auto checked = check_page();
    if (!checked) return checked.error();
    if (*checked < page_size) return {};
  }
  return {};
}

Result<int> Verifier::check_page() {
  const auto rows = view_.all(
      "SELECT position, kind, time, authority, object, digest, root FROM issuance_log_leaf "
      "WHERE position >= $1 ORDER BY position LIMIT $2",
      frontier_.size(), page_size);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    const std::uint64_t position = frontier_.size();
    const auto good = accept(position, check_row(row));
    if (!good) return good.error();
    if (!*good) break;
  }
  return static_cast<int>(rows->size());
}

Finding Verifier::check_row(const sql::Row& row) {
  if (static_cast<std::uint64_t>(row.integer(0)) != frontier_.size()) return "the leaf is missing";
  const auto leaf = read_leaf(row);
  if (!leaf) return leaf.error().cause;
  if (auto place = check_place(*leaf); !place || *place) return place;
  if (auto bytes = check_signed_bytes(leaf->leaf); !bytes || *bytes) return bytes;
  return check_checkpoint();
}

Finding Verifier::check_place(const LeafRow& row) {
  Finding finding = fine();
  frontier_.append(hash_leaf(encode(row.leaf, row.position)), [&](const auto& subtree) {
    if (subtree.level % tile_bits != 0 || !finding || *finding) return;
    finding = check_tile(subtree);
  });
  if (frontier_.root() != row.root) return "the leaf is not what was logged, or its place is not";
  return finding;
}

Finding Verifier::check_tile(const Frontier::Completed& tile) {
  const auto row =
      view_.one("SELECT hash FROM issuance_log_tile WHERE level = $1 AND position = $2",
                tile.level / tile_bits, tile.index);
  if (!row) return row.error();
  if (*row && as_hash((*row)->blob(0)) == tile.hash) return fine();
  return "the tile that ends with the leaf is missing or wrong";
}

Finding Verifier::check_signed_bytes(const Leaf& leaf) {
  const auto answer = signed_bytes_.find(view_, leaf);
  if (!answer) return answer.error();
  const std::string what(to_string(leaf.kind));
  const bool discarded = std::holds_alternative<SignedBytes::Discarded>(*answer);
  if (discarded && leaf.kind == Leaf::Kind::Crl) {
    ++found_.discarded;
    return fine();
  }
  if (discarded || std::holds_alternative<SignedBytes::Missing>(*answer)) {
    return "the " + what + " " + leaf.object + " is missing";
  }
  ++found_.compared;
  if (crypto::sha256(std::get<Bytes>(*answer)) == leaf.digest) return fine();
  return "the stored " + what + " " + leaf.object + " is not the one that was logged";
}

Result<const Checkpoint*> Verifier::next_checkpoint() {
  if (checkpoints_.empty()) {
    auto more = checkpoints_from(view_, checkpoints_from_, page_size);
    if (!more) return more.error();
    checkpoints_.assign(std::make_move_iterator(more->begin()),
                        std::make_move_iterator(more->end()));
    if (!checkpoints_.empty()) checkpoints_from_ = checkpoints_.back().head.size + 1;
  }
  return checkpoints_.empty() ? nullptr : &checkpoints_.front();
}

Finding Verifier::check_checkpoint() {
  const auto next = next_checkpoint();
  if (!next) return next.error();
  if (*next == nullptr || (*next)->head.size != frontier_.size()) return fine();
  const Checkpoint checkpoint = std::move(checkpoints_.front());
  checkpoints_.pop_front();
  ++found_.checkpoints;
  if (!checkpoint.signed_by(log_key_)) return "the checkpoint after the leaf is not the log's own";
  if (checkpoint.head.root == frontier_.root()) return fine();
  return "the checkpoint after the leaf was made of another log";
}

Finding Verifier::check_end() {
  const auto next = next_checkpoint();
  if (!next) return next.error();
  if (*next != nullptr) return "the leaf is missing: the log is shorter than a checkpoint of it";
  const auto state = read_state(view_);
  if (!state && state.error().kind == Fault::Kind::Broken) return state.error().cause;
  if (!state) return state.error();
  if (state->size() > frontier_.size()) return "the leaf is missing";
  if (state->size() < frontier_.size()) return "the log's state has fewer leaves";
  if (state->hashes() != frontier_.hashes()) return "the log's state is not that of its leaves";
  return fine();
}

Outcome Verifier::check_claims() {
  Outcome outcome;
  const auto done = signed_bytes_.each(view_, [&](const SignedBytes::Claim& claim) {
    const auto good = accept(claim.position, check_claim(claim));
    if (!good) outcome = good.error();
    return good && *good;
  });
  return done ? outcome : done;
}

Finding Verifier::check_claim(const SignedBytes::Claim& claim) {
  const auto leaf = find_leaf(view_, claim.position);
  if (!leaf) return leaf.error();
  const bool is_its_own = *leaf && (*leaf)->kind == claim.kind &&
                          (*leaf)->authority == claim.authority && (*leaf)->object == claim.object;
  if (!is_its_own) {
    return "the " + std::string(to_string(claim.kind)) + " " + claim.object +
           " is stored, but this is not its leaf: it was never logged, or its row was changed";
  }
  ++found_.claims;
  return fine();
}

}  // namespace

Result<Verification> verify(sql::Snapshot& view, SignedBytes& signed_bytes, ByteView log_key) {
  const auto key = crypto::PublicKey::from_spki(log_key);
  if (!key) return key.error();
  return Verifier(view, signed_bytes, *key).run();
}

}  // namespace everseal::issuance::log
