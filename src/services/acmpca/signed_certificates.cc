#include "services/acmpca/signed_certificates.h"

#include <charconv>

#include "services/acmpca/authority_arn.h"

namespace everseal::acmpca {
namespace {

using issuance::log::Leaf;
using Rows = Result<std::optional<sql::Row>>;

constexpr std::string_view import_kind = "/import/";

Rows certificate_row(sql::Snapshot& view, const AuthorityArn& authority, const Leaf& leaf) {
  const auto serial = serial_of(authority, leaf.object);
  if (!serial) return std::optional<sql::Row>{};
  return view.one(
      "SELECT c.der FROM acmpca_certificate c JOIN acmpca_certificate_authority a ON a.id = c.ca "
      "WHERE a.arn = $1 AND c.serial = $2",
      leaf.authority, *serial);
}

Rows import_row(sql::Snapshot& view, const Leaf& leaf) {
  const auto prefix = leaf.authority.size() + import_kind.size();
  if (leaf.object.size() <= prefix) return std::optional<sql::Row>{};
  std::int64_t version = 0;
  std::from_chars(leaf.object.data() + prefix, leaf.object.data() + leaf.object.size(), version);
  if (leaf.object != import_object(leaf.authority, version)) return std::optional<sql::Row>{};
  return view.one(
      "SELECT i.der FROM acmpca_import i JOIN acmpca_certificate_authority a ON a.id = i.ca "
      "WHERE a.arn = $1 AND i.version = $2",
      leaf.authority, version);
}

}  // namespace

std::string import_object(std::string_view authority_arn, std::int64_t version) {
  return std::string(authority_arn).append(import_kind).append(std::to_string(version));
}

bool SignedCertificates::owns(const Leaf& leaf) {
  return AuthorityArn::parse(leaf.authority).has_value();
}

Result<SignedCertificates::Answer> SignedCertificates::find(sql::Snapshot& view, const Leaf& leaf) {
  const auto authority = AuthorityArn::parse(leaf.authority);
  if (!authority) return Answer(Missing{});
  auto row = leaf.kind == Leaf::Kind::Import ? import_row(view, leaf)
                                             : certificate_row(view, *authority, leaf);
  if (!row) return std::move(row).error();
  if (!*row) return Answer(Missing{});
  return Answer((*row)->blob(0));
}

}  // namespace everseal::acmpca
