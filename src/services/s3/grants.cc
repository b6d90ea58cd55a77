#include "services/s3/grants.h"

#include <algorithm>
#include <array>
#include <utility>

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "encoding/ascii.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
constexpr std::string_view account = "CanonicalUser";
constexpr std::string_view group = "Group";
constexpr std::string_view full_control = "FULL_CONTROL";
constexpr std::string_view read_permission = "READ";

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> grant_headers{
    {{"x-amz-grant-full-control", full_control},
     {"x-amz-grant-read", read_permission},
     {"x-amz-grant-read-acp", "READ_ACP"},
     {"x-amz-grant-write", "WRITE"},
     {"x-amz-grant-write-acp", "WRITE_ACP"}}};

// The canned ACLs of AWS that are not kept here.
constexpr std::array<std::string_view, 5> unkept_acls{"public-read-write", "authenticated-read",
                                                      "aws-exec-read", "bucket-owner-read",
                                                      "log-delivery-write"};

// Whom a grant is for; the owner has everything anyway.
enum class For { Owner, Everybody };

Result<For, ApiError> grantee_of(const Grantee& grantee, const std::string& owner) {
  if (grantee.type == account && grantee.id) {
    if (*grantee.id == owner) return For::Owner;
    return invalid_argument("CanonicalUser/ID", *grantee.id, "Invalid id");
  }
  if (grantee.type == group && grantee.uri) {
    if (*grantee.uri == everybody) return For::Everybody;
    return acl_not_kept();
  }
  if (grantee.type == "AmazonCustomerByEmail") return acl_not_kept();
  return malformed_acl();
}

// The canned ACL that says the same.
Result<Acl, ApiError> acl_of(const std::vector<Grant>& grants, const std::string& owner) {
  Acl acl = Acl::Private;
  for (const auto& [grantee, permission] : grants) {
    const bool is_known = std::ranges::any_of(
        grant_headers, [&](const auto& header) { return header.second == permission; });
    if (!is_known) return malformed_acl();
    const auto whom = grantee_of(grantee, owner);
    if (!whom) return whom.error();
    if (*whom == For::Owner) continue;
    if (permission != read_permission) return acl_not_kept();
    acl = Acl::PublicRead;
  }
  return acl;
}

Result<Acl, ApiError> canned(const std::string& text) {
  const auto acl = acl_in(text);
  if (text_of(acl) == text) return acl;
  if (std::ranges::find(unkept_acls, text) != unkept_acls.end()) return acl_not_kept();
  return invalid_argument("x-amz-acl", text, "");
}

// id="..." or uri="...", the quotes may be missing.
Result<Grantee, ApiError> grantee_in(std::string_view text) {
  const auto equals = std::min(text.find('='), text.size());
  const auto kind = encoding::trimmed(text.substr(0, equals));
  auto name = encoding::trimmed(text.substr(std::min(equals + 1, text.size())));
  if (name.size() > 1 && name.starts_with('"') && name.ends_with('"')) {
    name = name.substr(1, name.size() - 2);
  }
  if (kind == "id") return Grantee{std::string(account), std::string(name), std::nullopt};
  if (kind == "uri") return Grantee{std::string(group), std::nullopt, std::string(name)};
  if (kind == "emailAddress") return acl_not_kept();
  return invalid_argument("x-amz-grant", text, "Argument format not recognized");
}

Result<std::vector<Grant>, ApiError> grants_in(const HeaderMap& headers) {
  std::vector<Grant> grants;
  for (const auto& [header, permission] : grant_headers) {
    const auto found = headers.find(std::string(header));
    if (found == headers.end()) continue;
    std::string_view rest = found->second;
    while (!rest.empty()) {
      const auto piece = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
      auto grantee = grantee_in(encoding::trimmed(piece));
      if (!grantee) return grantee.error();
      grants.push_back({*std::move(grantee), std::string(permission)});
    }
  }
  return grants;
}

Result<Acl, ApiError> acl_in_body(const Bytes& body, const std::string& owner) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<AccessControlPolicy>);
  if (!document) return malformed_acl();
  const auto wanted = aws::protocol::read<AccessControlPolicy>(*document, aws::Protocol::RestXml);
  if (!wanted || wanted->owner.id != owner) return malformed_acl();
  return acl_of(wanted->grants, owner);
}

}  // namespace

AccessControlPolicy policy_of(Acl acl, const std::string& owner) {
  AccessControlPolicy policy{.owner = {owner}, .grants = {}};
  policy.grants.push_back({{std::string(account), owner, std::nullopt}, std::string(full_control)});
  if (acl == Acl::PublicRead) {
    policy.grants.push_back(
        {{std::string(group), std::nullopt, std::string(everybody)}, std::string(read_permission)});
  }
  return policy;
}

Result<std::optional<Acl>, ApiError> acl_in_headers(const HeaderMap& headers,
                                                    const std::string& owner) {
  const auto grants = grants_in(headers);
  if (!grants) return grants.error();
  const auto named = headers.find("x-amz-acl");
  const bool names_one = named != headers.end() && !named->second.empty();
  if (names_one && !grants->empty()) {
    return invalid_request("Specifying both Canned ACLs and Header Grants is not allowed");
  }
  if (!names_one && grants->empty()) return std::optional<Acl>();
  const auto acl = names_one ? canned(named->second) : acl_of(*grants, owner);
  if (!acl) return acl.error();
  return std::optional(*acl);
}

Result<Acl, ApiError> acl_in_request(const HeaderMap& headers, const std::optional<Bytes>& body,
                                     const std::string& owner) {
  const auto acl = acl_in_headers(headers, owner);
  if (!acl) return acl.error();
  const bool has_body = body && !body->empty();
  if (*acl && has_body) return unexpected_content();
  if (*acl) return **acl;
  if (!has_body) return acl_missing();
  if (auto same = check_body(headers, *body); !same) return same.error();
  return acl_in_body(*body, owner);
}

}  // namespace everseal::s3
