#include "issuance/log/append.h"

#include "issuance/log/checkpoint.h"
#include "issuance/log/rows.h"

namespace everseal::issuance::log {
namespace {

constexpr std::size_t longest_text = 2048;

struct State {
  Frontier frontier;
  bool checkpoint_is_promised;
};

// Changes the row before anybody reads it, so that of two writers the second waits for the first.
Result<State> lock_state(sql::Transaction& tx) {
  const auto locked = tx.run("UPDATE issuance_log SET size = size + 1 WHERE id = 1");
  if (!locked) return locked.error();
  const auto row =
      tx.one("SELECT size - 1, frontier, checkpoint_promised FROM issuance_log WHERE id = 1");
  if (!row) return row.error();
  if (!*row) return damaged("its state is missing");
  auto frontier =
      Frontier::restore(static_cast<std::uint64_t>((*row)->integer(0)), (*row)->blob(1));
  if (!frontier) return damaged("its state does not fit its size");
  return State{*std::move(frontier), (*row)->boolean(2)};
}

Outcome done(const Result<std::int64_t>& changed) {
  if (!changed) return changed.error();
  return {};
}

Outcome insert_leaf(sql::Transaction& tx, const Leaf& leaf, std::uint64_t position,
                    const Hash& root) {
  return done(tx.run(
      "INSERT INTO issuance_log_leaf (position, kind, time, authority, object, digest, root) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      position, static_cast<int>(leaf.kind), leaf.time, leaf.authority, leaf.object,
      ByteView(leaf.digest), ByteView(root)));
}

Outcome insert_tile(sql::Transaction& tx, const Frontier::Completed& subtree) {
  return done(tx.run("INSERT INTO issuance_log_tile (level, position, hash) VALUES ($1, $2, $3)",
                     subtree.level / tile_bits, subtree.index, ByteView(subtree.hash)));
}

Outcome store_state(sql::Transaction& tx, const Frontier& frontier) {
  return done(tx.run("UPDATE issuance_log SET frontier = $1 WHERE id = 1", frontier.hashes()));
}

}  // namespace

Result<std::uint64_t> append(sql::Transaction& tx, const Leaf& leaf) {
  if (leaf.authority.size() > longest_text || leaf.object.size() > longest_text) {
    return Fault::broken("a leaf of the issuance log is too long");
  }
  auto state = lock_state(tx);
  if (!state) return state.error();
  Frontier& frontier = state->frontier;
  const std::uint64_t position = frontier.size();
  std::vector<Frontier::Completed> tiles;
  frontier.append(hash_leaf(encode(leaf, position)), [&](const Frontier::Completed& subtree) {
    if (subtree.level % tile_bits == 0) tiles.push_back(subtree);
  });
  if (const auto stored = insert_leaf(tx, leaf, position, frontier.root()); !stored) {
    return stored.error();
  }
  for (const auto& tile : tiles) {
    if (const auto stored = insert_tile(tx, tile); !stored) return stored.error();
  }
  if (const auto stored = store_state(tx, frontier); !stored) return stored.error();
  if (!state->checkpoint_is_promised) {
    if (const auto done = promise_checkpoint(tx, leaf.time); !done) return done.error();
  }
  return position;
}

Result<Head> current_head(sql::Snapshot& view) {
  const auto frontier = read_state(view);
  if (!frontier) return frontier.error();
  return Head{frontier->size(), frontier->root()};
}

}  // namespace everseal::issuance::log
