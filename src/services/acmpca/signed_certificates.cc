#include "services/acmpca/signed_certificates.h"

#include <charconv>

#include "services/acmpca/authority_arn.h"

namespace everseal::acmpca {
namespace {

using issuance::log::Leaf;
using Rows = Result<std::optional<sql::Row>>;

constexpr std::string_view import_kind = "/import/";
constexpr std::string_view crl_kind = "/crl/";
constexpr std::string_view complete_list = "complete";

using Use = std::function<bool(const SignedCertificates::Claim&)>;

Rows certificate_row(sql::Snapshot& view, const AuthorityArn& authority, const Leaf& leaf) {
  const auto serial = serial_of(authority, leaf.object);
  if (!serial) return std::optional<sql::Row>{};
  return view.one(
      "SELECT c.der FROM acmpca_certificate c JOIN acmpca_certificate_authority a ON a.id = c.ca "
      "WHERE a.arn = $1 AND c.serial = $2",
      leaf.authority, *serial);
}

Rows responder_row(sql::Snapshot& view, const AuthorityArn& authority, const Leaf& leaf) {
  const auto serial = serial_of(authority, leaf.object);
  if (!serial) return std::optional<sql::Row>{};
  return view.one(
      "SELECT r.der FROM acmpca_ocsp_responder r JOIN acmpca_certificate_authority a "
      "ON a.id = r.ca WHERE a.arn = $1 AND r.serial = $2",
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

// Says in `wanted` whether `use` wants more. Rows are only read: an ARN that is none names itself.
Outcome each_certificate(sql::Snapshot& view, const Use& use, bool& wanted) {
  return view.each(
      "SELECT a.arn, c.serial, c.log_position FROM acmpca_certificate c "
      "JOIN acmpca_certificate_authority a ON a.id = c.ca ORDER BY c.id",
      {}, [&](const sql::Row& row) {
        const auto authority = AuthorityArn::parse(row.text(0));
        wanted =
            use({.position = static_cast<std::uint64_t>(row.integer(2)),
                 .kind = Leaf::Kind::Certificate,
                 .authority = row.text(0),
                 .object = authority ? certificate_arn(*authority, row.blob(1)) : row.text(0)});
        return wanted;
      });
}

Outcome each_crl(sql::Snapshot& view, const Use& use) {
  return view.each(
      "SELECT a.arn, c.partition, c.number, c.log_position FROM acmpca_crl c "
      "JOIN acmpca_certificate_authority a ON a.id = c.ca WHERE c.number > 0 ORDER BY c.id",
      {}, [&](const sql::Row& row) {
        return use({.position = static_cast<std::uint64_t>(row.integer(3)),
                    .kind = Leaf::Kind::Crl,
                    .authority = row.text(0),
                    .object = crl_object(row.text(0), row.text(1), row.integer(2))});
      });
}

Outcome each_responder(sql::Snapshot& view, const Use& use, bool& wanted) {
  return view.each(
      "SELECT a.arn, r.serial, r.log_position FROM acmpca_ocsp_responder r "
      "JOIN acmpca_certificate_authority a ON a.id = r.ca ORDER BY r.log_position",
      {}, [&](const sql::Row& row) {
        const auto authority = AuthorityArn::parse(row.text(0));
        wanted =
            use({.position = static_cast<std::uint64_t>(row.integer(2)),
                 .kind = Leaf::Kind::OcspSigner,
                 .authority = row.text(0),
                 .object = authority ? certificate_arn(*authority, row.blob(1)) : row.text(0)});
        return wanted;
      });
}

Outcome each_import(sql::Snapshot& view, const Use& use, bool& wanted) {
  return view.each(
      "SELECT a.arn, i.version, i.log_position FROM acmpca_import i "
      "JOIN acmpca_certificate_authority a ON a.id = i.ca ORDER BY i.ca, i.version",
      {}, [&](const sql::Row& row) {
        wanted = use({.position = static_cast<std::uint64_t>(row.integer(2)),
                      .kind = Leaf::Kind::Import,
                      .authority = row.text(0),
                      .object = import_object(row.text(0), row.integer(1))});
        return wanted;
      });
}

}  // namespace

std::string import_object(std::string_view authority_arn, std::int64_t version) {
  return std::string(authority_arn).append(import_kind).append(std::to_string(version));
}

std::string crl_object(std::string_view authority_arn, std::string_view partition,
                       std::int64_t number) {
  return std::string(authority_arn)
      .append(crl_kind)
      .append(partition.empty() ? complete_list : partition)
      .append("/")
      .append(std::to_string(number));
}

bool SignedCertificates::owns(const Leaf& leaf) {
  return AuthorityArn::parse(leaf.authority).has_value();
}

Result<SignedCertificates::Answer> SignedCertificates::find(sql::Snapshot& view, const Leaf& leaf) {
  const auto authority = AuthorityArn::parse(leaf.authority);
  if (!authority) return Answer(Missing{});
  if (leaf.kind == Leaf::Kind::Crl) return Answer(Discarded{});
  auto row = leaf.kind == Leaf::Kind::Import       ? import_row(view, leaf)
             : leaf.kind == Leaf::Kind::OcspSigner ? responder_row(view, *authority, leaf)
                                                   : certificate_row(view, *authority, leaf);
  if (!row) return std::move(row).error();
  if (!*row) return Answer(Missing{});
  return Answer((*row)->blob(0));
}

Outcome SignedCertificates::each(sql::Snapshot& view,
                                 const std::function<bool(const Claim&)>& use) {
  bool wanted = true;
  const auto certificates = each_certificate(view, use, wanted);
  if (!certificates || !wanted) return certificates;
  const auto imports = each_import(view, use, wanted);
  if (!imports || !wanted) return imports;
  const auto responders = each_responder(view, use, wanted);
  if (!responders || !wanted) return responders;
  return each_crl(view, use);
}

Result<std::optional<std::uint64_t>> SignedCertificates::position_of(
    sql::Snapshot& view, std::string_view certificate_arn) {
  using Position = std::optional<std::uint64_t>;
  const auto authority =
      AuthorityArn::parse(certificate_arn.substr(0, certificate_arn.find("/certificate/")));
  if (!authority) return Position{};
  const auto serial = serial_of(*authority, certificate_arn);
  if (!serial) return Position{};
  const auto row = view.one(
      "SELECT c.log_position FROM acmpca_certificate c "
      "JOIN acmpca_certificate_authority a ON a.id = c.ca WHERE a.arn = $1 AND c.serial = $2",
      authority->text(), *serial);
  if (!row) return row.error();
  if (!*row) return Position{};
  return Position(static_cast<std::uint64_t>((*row)->integer(0)));
}

}  // namespace everseal::acmpca
