#include "services/iam/held_policies.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "aws/policy/policy.h"
#include "encoding/percent.h"
#include "services/iam/errors.h"
#include "services/iam/pages.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_attachments = 10;

std::size_t most_characters(const Holder& holder) {
  if (holder.kind == Holder::Kind::Role) return 10240;
  return holder.kind == Holder::Kind::Group ? 5120 : 2048;
}

std::string_view quota_of_attachments(const Holder& holder) {
  if (holder.kind == Holder::Kind::Role) return "PoliciesPerRole";
  return holder.kind == Holder::Kind::Group ? "PoliciesPerGroup" : "PoliciesPerUser";
}

Result<void, ApiError> check_inline_quota(sql::Snapshot& view, const Holder& holder,
                                          const InlinePolicy& new_policy) {
  const auto present = inline_policies(view, holder);
  if (!present) return present.error();
  std::size_t characters = aws::policy::counted_size(new_policy.document);
  for (const InlinePolicy& policy : *present) {
    if (policy.name != new_policy.name) characters += aws::policy::counted_size(policy.document);
  }
  const std::size_t most = most_characters(holder);
  if (characters > most) return inline_policies_too_long(holder, most);
  return {};
}

Result<void, ApiError> check_attachment_quota(sql::Snapshot& view, const Holder& holder,
                                              const std::string& policy_arn) {
  const auto attachments = attachments_of(view, holder);
  if (!attachments) return attachments.error();
  const bool is_attached =
      std::ranges::find(*attachments, policy_arn, &Attachment::policy_arn) != attachments->end();
  if (!is_attached && std::ssize(*attachments) >= most_attachments) {
    return over_quota(quota_of_attachments(holder), most_attachments);
  }
  return {};
}

}  // namespace

Result<void, ApiError> check_identity_policy(std::string_view document) {
  const auto parsed = aws::policy::Policy::parse(document, aws::policy::Kind::Identity);
  if (!parsed) return malformed_policy(parsed.error().reason);
  return {};
}

Result<void, ApiError> check_managed_policy(std::string_view document) {
  constexpr std::int64_t most = 6144;
  const auto fine = check_identity_policy(document);
  if (!fine) return fine;
  if (aws::policy::counted_size(document) > most) return over_quota("PolicySize", most);
  return {};
}

Result<aws::Empty, ApiError> put_inline(sql::Transaction& tx, Directory& directory,
                                        const Result<Holder, ApiError>& holder,
                                        const InlinePolicy& policy) {
  if (!holder) return holder.error();
  const auto within_quota = check_inline_quota(tx, *holder, policy);
  if (!within_quota) return within_quota.error();
  const auto put = put_inline_policy(tx, *holder, policy);
  if (!put) return put.error();
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<aws::Empty, ApiError> delete_inline(sql::Transaction& tx, Directory& directory,
                                           const Result<Holder, ApiError>& holder,
                                           std::string_view policy_name) {
  if (!holder) return holder.error();
  const auto removed = remove_inline_policy(tx, *holder, policy_name);
  if (!removed) return removed.error();
  if (*removed == 0) return no_such_inline_policy(holder->kind, policy_name);
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<std::string, ApiError> inline_document(sql::Snapshot& view, const Holder& holder,
                                              std::string_view policy_name) {
  const auto document = find_inline_policy(view, holder, policy_name);
  if (!document) return document.error();
  if (!*document) return no_such_inline_policy(holder.kind, policy_name);
  return encoding::percent_encode(**document);
}

Result<aws::Empty, ApiError> attach(sql::Transaction& tx, Directory& directory,
                                    const aws::Call& call, const Result<Holder, ApiError>& holder,
                                    std::string_view policy_arn) {
  if (!holder) return holder.error();
  const auto policy = policy_called(tx, call, policy_arn);
  if (!policy) return policy.error();
  const auto within_quota = check_attachment_quota(tx, *holder, policy->arn);
  if (!within_quota) return within_quota.error();
  const auto attached = attach_policy(tx, *holder, policy->arn);
  if (!attached) return attached.error();
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<aws::Empty, ApiError> detach(sql::Transaction& tx, Directory& directory,
                                    const Result<Holder, ApiError>& holder,
                                    std::string_view policy_arn) {
  if (!holder) return holder.error();
  const auto detached = detach_policy(tx, *holder, policy_arn);
  if (!detached) return detached.error();
  if (*detached == 0) return no_such_attachment(policy_arn);
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<shapes::InlinePolicyNames, ApiError> page_of_inline(sql::Snapshot& view,
                                                           const aws::Call& call,
                                                           const Result<Holder, ApiError>& holder,
                                                           const PageRequest& request) {
  if (!holder) return holder.error();
  const auto page = page_of(request.operation, call, holder->id, request.marker, request.max_items);
  if (!page) return page.error();
  auto names = list_inline_policy_names(view, *holder, page->after(), page->limit());
  if (!names) return names.error();
  shapes::InlinePolicyNames response;
  response.marker = page->cut(*names, [](const std::string& policy) { return policy; });
  response.is_truncated = response.marker.has_value();
  response.policy_names = *std::move(names);
  return response;
}

Result<shapes::AttachedPolicies, ApiError> page_of_attached(
    sql::Snapshot& view, const aws::Call& call, const Result<Holder, ApiError>& holder,
    const std::optional<std::string>& path_prefix, const PageRequest& request) {
  if (!holder) return holder.error();
  const std::string prefix = path_prefix.value_or("/");
  const auto page = page_of(request.operation, call, holder->id + " " + prefix, request.marker,
                            request.max_items);
  if (!page) return page.error();
  auto attachments = attachments_of(view, *holder);
  if (!attachments) return attachments.error();
  std::erase_if(*attachments, [&](const Attachment& each) {
    return each.policy_arn <= page->after() || !each.policy_path.starts_with(prefix);
  });
  shapes::AttachedPolicies response;
  response.marker = page->cut(*attachments, [](const Attachment& each) { return each.policy_arn; });
  response.is_truncated = response.marker.has_value();
  for (const Attachment& each : *attachments) {
    response.attached_policies.push_back({each.policy_name, each.policy_arn});
  }
  return response;
}

Result<void, ApiError> check_no_policies(sql::Snapshot& view, const Holder& holder) {
  const auto policies = list_inline_policy_names(view, holder, /*after=*/"", /*limit=*/1);
  if (!policies) return policies.error();
  if (!policies->empty()) return delete_first("must delete policies first");
  const auto attachments = attachments_of(view, holder);
  if (!attachments) return attachments.error();
  if (!attachments->empty()) return delete_first("must detach all policies first");
  return {};
}

}  // namespace everseal::iam
