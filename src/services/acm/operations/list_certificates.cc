#include "services/acm/operations/list_certificates.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "aws/pagination.h"
#include "services/acm/certificate_facts.h"
#include "services/acm/certificate_store.h"
#include "services/acm/errors.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

namespace {

using Request = ListCertificates::Request;
using Summary = ListCertificates::Summary;

template <class T>
bool admits(const std::vector<T>& wanted, const T& value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

template <class T>
bool admits_any(const std::vector<T>& wanted, const std::vector<T>& values) {
  return wanted.empty() || std::ranges::find_first_of(wanted, values) != wanted.end();
}

bool has_default_key(const Certificate& certificate) {
  const bool short_rsa = certificate.key_algorithm == KeyAlgorithm::Rsa1024 ||
                         certificate.key_algorithm == KeyAlgorithm::Rsa2048;
  return short_rsa && !certificate.names.empty();
}

std::vector<KeyUsageName> key_usages(const Certificate& certificate) {
  std::vector<KeyUsageName> usages;
  if (!certificate.facts) return usages;
  for (const auto& usage : certificate.facts->key_usages) {
    if (const auto known = aws::named<KeyUsageName>(usage)) usages.push_back(*known);
  }
  return usages;
}

std::vector<ExtendedKeyUsageName> extended_key_usages(const Certificate& certificate) {
  std::vector<ExtendedKeyUsageName> usages;
  if (!certificate.facts) return usages;
  for (const auto& usage : certificate.facts->extended_key_usages) {
    usages.push_back(parse_extended_key_usage(usage).name);
  }
  return usages;
}

bool passes(const Certificate& certificate, const Request& request, TimePoint now) {
  if (!admits(request.certificate_statuses, status_at(now, certificate))) return false;
  const auto includes = request.includes.value_or(ListCertificates::Includes{});
  if (includes.key_types.empty() && !has_default_key(certificate)) return false;
  if (includes.managed_by) return false;  // Everseal manages nothing for CloudFront
  return admits(includes.key_types, certificate.key_algorithm) &&
         (!includes.export_option || *includes.export_option == certificate.export_option) &&
         admits_any(includes.key_usage, key_usages(certificate)) &&
         admits_any(includes.extended_key_usage, extended_key_usages(certificate));
}

Summary summary_of(const Certificate& certificate, bool in_use, TimePoint now) {
  Summary summary;
  summary.certificate_arn = certificate.arn;
  if (!certificate.domain_name.empty()) summary.domain_name = certificate.domain_name;
  const auto shown = std::min(certificate.names.size(), ListCertificates::names_shown);
  summary.subject_alternative_name_summaries.assign(
      certificate.names.begin(), certificate.names.begin() + static_cast<std::ptrdiff_t>(shown));
  summary.has_additional_subject_alternative_names = shown < certificate.names.size();
  summary.status = status_at(now, certificate);
  summary.type = certificate.type;
  summary.key_algorithm = printed(certificate.key_algorithm);
  summary.key_usages = key_usages(certificate);
  summary.extended_key_usages = extended_key_usages(certificate);
  summary.export_option = certificate.export_option;
  summary.in_use = in_use;
  if (certificate.type == CertificateType::Private) summary.exported = certificate.exported;
  summary.renewal_eligibility = eligibility(renewal_facts(certificate, in_use), now);
  if (const auto& facts = certificate.facts) {
    summary.not_before = facts->not_before;
    summary.not_after = facts->not_after;
  }
  summary.created_at = certificate.created_at;
  summary.issued_at = certificate.issued_at;
  summary.imported_at = certificate.imported_at;
  summary.revoked_at = certificate.revoked_at;
  return summary;
}

// Where a page ended, as the key of its token: "1736104919133 arn:...".
std::string key_of(const ListPosition& position) {
  return std::to_string(to_millis(position.created_at)) + ' ' + position.arn;
}

Result<ListPosition> position_from(std::string_view key) {
  std::int64_t millis = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), millis);
  const auto digits = static_cast<std::size_t>(end - key.data());
  if (error != std::errc{} || digits >= key.size()) return Fault::malformed("a page's key");
  return ListPosition{from_millis(millis), std::string(key.substr(digits + 1))};
}

ListOrder order_of(const Request& request) {
  return request.sort_order == SortOrder::Descending ? ListOrder::NewestFirst
                                                     : ListOrder::OldestFirst;
}

aws::Listing listing_of(const Request& request, const aws::Call& call) {
  return {.operation = "acm:ListCertificates",
          .account = call.caller.account,
          .region = call.region,
          .selection = order_of(request) == ListOrder::NewestFirst ? "newest" : "oldest"};
}

Result<std::optional<ListPosition>, ApiError> start_of(const Request& request,
                                                       const aws::Listing& listing) {
  if (!request.next_token) return std::optional<ListPosition>{};
  const auto key = aws::page_key(listing, *request.next_token);
  if (!key) return invalid("The NextToken is not one of this listing.");
  auto position = position_from(*key);
  if (!position) return invalid("The NextToken is not one of this listing.");
  return std::optional(*std::move(position));
}

}  // namespace

aws::Access ListCertificates::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListCertificates::Response, ApiError> ListCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.sort_by.has_value() != request.sort_order.has_value()) {
    return invalid("SortBy and SortOrder must be given together.");
  }
  const auto listing = listing_of(request, call);
  const auto start = start_of(request, listing);
  if (!start) return start.error();
  const auto page = static_cast<std::size_t>(request.max_items.value_or(default_page));
  const auto now = clock.now();
  Response response;
  ListPosition last;
  std::size_t looked_at = 0;
  const auto use = [&](const Certificate& certificate, bool in_use) {
    auto& list = response.certificate_summary_list;
    if (list.size() == page || looked_at == rows_looked_at) {  // there is more
      response.next_token = aws::page_token(listing, key_of(last));
      return false;
    }
    ++looked_at;
    last = {certificate.created_at, certificate.arn};
    if (passes(certificate, request, now)) list.push_back(summary_of(certificate, in_use, now));
    return true;
  };
  const auto done = database.read([&](sql::Snapshot& view) {
    return each_certificate(view, call.caller.account, call.region, order_of(request), *start, use);
  });
  if (!done) return done.error();
  return response;
}

}  // namespace everseal::acm
