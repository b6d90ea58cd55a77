#include "services/acmpca/certificates/signed_certificates.h"

#include <charconv>

#include "services/acmpca/authority/authority_arn.h"

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

std::uint64_t position_in(const sql::Row& row, std::size_t column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

// Rows of ARN of the CA, serial number and position. They are only read: an ARN that is none names
// itself.
SignedCertificates::Claim claim_by_serial(const sql::Row& row, Leaf::Kind kind) {
  const auto authority = AuthorityArn::parse(row.text(0));
  return {.position = position_in(row, 2),
          .kind = kind,
          .authority = row.text(0),
          .object = authority ? certificate_arn(*authority, row.blob(1)) : row.text(0)};
}

Outcome each_certificate(sql::Snapshot& view, const Use& use) {
  return view.each(
      "SELECT a.arn, c.serial, c.log_position FROM acmpca_certificate c "
      "JOIN acmpca_certificate_authority a ON a.id = c.ca ORDER BY c.id",
      {}, [&](const sql::Row& row) { return use(claim_by_serial(row, Leaf::Kind::Certificate)); });
}

Outcome each_responder(sql::Snapshot& view, const Use& use) {
  return view.each(
      "SELECT a.arn, r.serial, r.log_position FROM acmpca_ocsp_responder r "
      "JOIN acmpca_certificate_authority a ON a.id = r.ca ORDER BY r.log_position",
      {}, [&](const sql::Row& row) { return use(claim_by_serial(row, Leaf::Kind::OcspSigner)); });
}

Outcome each_import(sql::Snapshot& view, const Use& use) {
  return view.each(
      "SELECT a.arn, i.version, i.log_position FROM acmpca_import i "
      "JOIN acmpca_certificate_authority a ON a.id = i.ca ORDER BY i.ca, i.version",
      {}, [&](const sql::Row& row) {
        return use({.position = position_in(row, 2),
                    .kind = Leaf::Kind::Import,
                    .authority = row.text(0),
                    .object = import_object(row.text(0), row.integer(1))});
      });
}

Outcome each_crl(sql::Snapshot& view, const Use& use) {
  return view.each(
      "SELECT a.arn, c.partition, c.number, c.log_position FROM acmpca_crl c "
      "JOIN acmpca_certificate_authority a ON a.id = c.ca WHERE c.number > 0 ORDER BY c.id",
      {}, [&](const sql::Row& row) {
        return use({.position = position_in(row, 3),
                    .kind = Leaf::Kind::Crl,
                    .authority = row.text(0),
                    .object = crl_object(row.text(0), row.text(1), row.integer(2))});
      });
}

Rows row_of(sql::Snapshot& view, const AuthorityArn& authority, const Leaf& leaf) {
  switch (leaf.kind) {
    case Leaf::Kind::Import:
      return import_row(view, leaf);
    case Leaf::Kind::OcspSigner:
      return responder_row(view, authority, leaf);
    default:
      return certificate_row(view, authority, leaf);
  }
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
  auto row = row_of(view, *authority, leaf);
  if (!row) return std::move(row).error();
  if (!*row) return Answer(Missing{});
  return Answer((*row)->blob(0));
}

Outcome SignedCertificates::each(sql::Snapshot& view,
                                 const std::function<bool(const Claim&)>& use) {
  bool wanted = true;
  const Use until_unwanted = [&](const Claim& claim) { return wanted = use(claim); };
  for (const auto each : {each_certificate, each_import, each_responder, each_crl}) {
    const auto read = each(view, until_unwanted);
    if (!read || !wanted) return read;
  }
  return {};
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
