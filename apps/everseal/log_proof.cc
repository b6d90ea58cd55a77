#include "log_proof.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "asn1/pem.h"
#include "aws/document.h"
#include "aws/protocol/json.h"
#include "clock/time_text.h"
#include "encoding/base64.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/proof.h"
#include "services/acmpca/certificates/signed_certificates.h"

namespace everseal::app {
namespace {

namespace books = issuance::log;
using aws::Document;
using Members = Document::Members;

Document number(std::uint64_t value) { return Document(static_cast<std::int64_t>(value)); }
Document text(std::string value) { return Document(std::move(value)); }
Document base64(ByteView octets) { return text(encoding::to_base64(octets)); }

Document list(const std::vector<books::Hash>& hashes) {
  Document::List list;
  for (const auto& hash : hashes) list.push_back(base64(hash));
  return Document(std::move(list));
}

Document describe(const books::Checkpoint& checkpoint) {
  return Document(Members{{"tree_size", number(checkpoint.head.size)},
                          {"root", base64(checkpoint.head.root)},
                          {"time", text(to_iso8601_millis(checkpoint.time))},
                          {"statement", text(checkpoint.statement())},
                          {"signature", base64(checkpoint.signature)}});
}

Document describe(const books::Leaf& leaf, std::uint64_t position) {
  const Bytes octets = encode(leaf, position);
  return Document(Members{{"index", number(position)},
                          {"kind", text(std::string(to_string(leaf.kind)))},
                          {"time", text(to_iso8601_millis(leaf.time))},
                          {"authority", text(leaf.authority)},
                          {"object", text(leaf.object)},
                          {"octets", base64(octets)},
                          {"hash", base64(books::hash_leaf(octets))}});
}

std::string print(Members members, const books::Checkpoint& checkpoint, ByteView log_key) {
  members.emplace_back("checkpoint", describe(checkpoint));
  members.emplace_back("public_key", text(asn1::Pem::print("PUBLIC KEY", log_key)));
  return aws::protocol::print_json(Document(std::move(members)));
}

Result<books::Checkpoint> newest_checkpoint(sql::Snapshot& view) {
  auto newest = books::latest_checkpoint(view);
  if (!newest) return newest.error();
  if (!*newest) {
    return Fault::unavailable(
        "the issuance log has no signed head yet; the server signs one soon after the first "
        "certificate, and when it stops");
  }
  return **std::move(newest);
}

std::optional<std::uint64_t> as_index(std::string_view text) {
  std::uint64_t index = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return index;
}

Result<std::uint64_t> find_position(sql::Snapshot& view, const std::string& leaf) {
  if (const auto index = as_index(leaf)) return *index;
  const auto position = acmpca::SignedCertificates::position_of(view, leaf);
  if (!position) return position.error();
  if (!*position) {
    return Fault::malformed("'" + leaf +
                            "' is neither a leaf's index nor the ARN of a certificate that a "
                            "private CA of this server issued");
  }
  return **position;
}

// A leaf that the log has, but not yet below its newest signed head, is told from one it has not.
Outcome require_below(sql::Snapshot& view, std::uint64_t position, const books::Head& head) {
  if (position < head.size) return {};
  const auto leaf = books::find_leaf(view, position);
  if (!leaf) return leaf.error();
  const auto name = "leaf " + std::to_string(position);
  if (!*leaf) return Fault::malformed("the issuance log has no " + name);
  return Fault::unavailable(name + " is newer than the newest signed head, of " +
                            std::to_string(head.size) +
                            " leaves; the server signs the next one soon, and when it stops");
}

}  // namespace

Result<std::string> signed_head(sql::Snapshot& view, ByteView log_key) {
  const auto checkpoint = newest_checkpoint(view);
  if (!checkpoint) return checkpoint.error();
  return print({}, *checkpoint, log_key);
}

Result<std::string> inclusion_proof(sql::Snapshot& view, const std::string& leaf,
                                    ByteView log_key) {
  const auto position = find_position(view, leaf);
  if (!position) return position.error();
  const auto checkpoint = newest_checkpoint(view);
  if (!checkpoint) return checkpoint.error();
  if (const auto below = require_below(view, *position, checkpoint->head); !below) {
    return below.error();
  }
  const auto inclusion = books::prove_inclusion(view, *position, checkpoint->head.size);
  if (!inclusion) return inclusion.error();
  if (!inclusion->holds() || inclusion->head != checkpoint->head) {
    return Fault::broken("the proof does not hold: the issuance log is damaged");
  }
  return print({{"leaf", describe(inclusion->leaf, *position)},
                {"tree_size", number(inclusion->head.size)},
                {"audit_path", list(inclusion->proof)}},
               *checkpoint, log_key);
}

Result<std::string> consistency_proof(sql::Snapshot& view, std::uint64_t old_size,
                                      ByteView log_key) {
  const auto checkpoint = newest_checkpoint(view);
  if (!checkpoint) return checkpoint.error();
  const auto old_head = books::head_at(view, old_size);
  if (!old_head) return old_head.error();
  const auto& head = checkpoint->head;
  const auto proof = books::prove_consistency(view, old_size, head.size);
  if (!proof) return proof.error();
  if (!books::verify_consistency(old_size, old_head->root, head.size, head.root, *proof)) {
    return Fault::broken("the proof does not hold: the issuance log is damaged");
  }
  return print({{"old_tree_size", number(old_size)},
                {"old_root", base64(old_head->root)},
                {"tree_size", number(head.size)},
                {"consistency_path", list(*proof)}},
               *checkpoint, log_key);
}

}  // namespace everseal::app
