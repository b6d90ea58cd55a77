#include "services/acmpca/operations/create_certificate_authority.h"

#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/new_authority.h"
#include "services/acmpca/authority/revocation_rules.h"
#include "services/acmpca/authority/tag_store.h"
#include "services/acmpca/idempotency.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/publication/crl_bucket.h"

namespace everseal::acmpca {
namespace {

using Request = CreateCertificateAuthority::Request;
using Response = CreateCertificateAuthority::Response;

std::string token_scope(const aws::Call& call) { return call.caller.account + '/' + call.region; }

Result<AuthorityPlan, ApiError> plan_of(const Request& request) {
  auto revocation = revocation_over(
      no_revocation(), request.revocation_configuration.value_or(RevocationConfiguration{}));
  if (!revocation) return std::move(revocation).error();
  AuthorityPlan plan{
      .type = request.certificate_authority_type,
      .usage_mode = request.usage_mode.value_or(UsageMode::GeneralPurpose),
      .security_standard = request.key_storage_security_standard.value_or(SecurityStandard::Fips3),
      .configuration = request.certificate_authority_configuration,
      .revocation = *std::move(revocation)};
  if (auto refused = check_plan(plan); !refused) return std::move(refused).error();
  return plan;
}

}  // namespace

aws::Access CreateCertificateAuthority::access(const Request& request, const aws::Call&) const {
  auto access = aws::on_anything();
  add_tag_conditions(access, request.tags);
  return access;
}

Result<Response, ApiError> CreateCertificateAuthority::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (auto refused = check_tags(request.tags); !refused) return refused.error();
  const auto plan = plan_of(request);
  if (!plan) return plan.error();
  const auto now = clock.now();
  if (request.idempotency_token) {
    const auto scope = token_scope(call);
    const auto earlier = database.read([&](sql::Snapshot& view) {
      return earlier_answer(view, {scope, *request.idempotency_token}, now);
    });
    if (!earlier) return earlier.error();
    if (*earlier) return Response{**earlier};
  }
  const auto authority =
      make_authority(*plan, call.caller.account, call.region, now, key_store, random);
  if (!authority) return authority.error();
  if (const auto fit = try_crl_bucket(database, sink, *authority, call); !fit) return fit.error();
  return store(request, call, *authority, now);
}

Result<Response, ApiError> CreateCertificateAuthority::store(const Request& request,
                                                             const aws::Call& call,
                                                             const Authority& authority,
                                                             TimePoint now) const {
  const Owner owner{.account = call.caller.account, .region = call.region};
  const auto& arn = authority.arn.text();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (request.idempotency_token) {
      const auto scope = token_scope(call);
      const auto earlier = claim_token(tx, {scope, *request.idempotency_token}, arn, now,
                                       now + settings.idempotency_window);
      if (!earlier) return earlier.error();
      if (*earlier) return Response{**earlier};
    }
    const auto count = count_authorities(tx, owner, now);
    if (!count) return count.error();
    if (*count >= settings.authorities) return too_many_authorities(settings.authorities);
    const auto id = insert(tx, authority);
    if (!id) return id.error();
    if (const auto done = put_tags(tx, *id, request.tags); !done) return done.error();
    const auto announced = announcer.announce(tx, ca_created(authority.arn, now));
    if (!announced) return announced.error();
    return Response{arn};
  });
}

}  // namespace everseal::acmpca
