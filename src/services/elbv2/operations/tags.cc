#include "services/elbv2/operations/tags.h"

#include "aws/tag_keys.h"
#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

constexpr std::size_t most_resources = 20;

Result<void, ApiError> check_count(const std::vector<std::string>& arns) {
  if (arns.empty()) return invalid("At least one resource ARN must be specified");
  if (arns.size() > most_resources) return invalid("At most 20 resource ARNs can be specified");
  return {};
}

bool is_trust_store(std::string_view arn) { return kind_of(arn) == Kind::TrustStore; }

Result<aws::Tags> tags_anywhere(sql::Snapshot& view, const TrustStores& trust_stores,
                                const std::string& arn) {
  return is_trust_store(arn) ? trust_stores.tags(view, arn) : tags_of(view, arn);
}

// Those that were there before among them.
Result<void, ApiError> check_set(const aws::Tags& tags) {
  aws::TagKeys keys;
  for (const auto& tag : tags) {
    if (!keys.add(tag.first)) return duplicate_tags();
  }
  if (tags.size() > limits::tags) return too_many_tags();
  return {};
}

Result<void, ApiError> add_to(sql::Transaction& tx, const TrustStores& trust_stores,
                              const std::string& arn, const aws::Tags& tags) {
  const auto put =
      is_trust_store(arn) ? trust_stores.put_tags(tx, arn, tags) : put_tags(tx, arn, tags);
  if (!put) return put.error();
  const auto all = tags_anywhere(tx, trust_stores, arn);
  if (!all) return all.error();
  return check_set(*all);
}

Outcome remove_from(sql::Transaction& tx, const TrustStores& trust_stores, const std::string& arn,
                    const std::vector<std::string>& keys) {
  if (is_trust_store(arn)) return trust_stores.remove_tags(tx, arn, keys);
  for (const std::string& key : keys) {
    if (auto removed = remove_tag(tx, arn, key); !removed) return removed;
  }
  return {};
}

aws::Access access_to_tagged(sql::Database& database, const TrustStores& trust_stores,
                             const std::string& arn) {
  if (!is_trust_store(arn)) return access_to(database, arn);
  aws::Access access = aws::on(arn);
  access.resource_tags = [&database, &trust_stores, arn] {
    return database.read([&](sql::Snapshot& view) -> Result<aws::Tags> {
      const auto status = trust_stores.status(view, arn);
      if (!status) return status.error();
      if (*status == TrustStores::Status::Absent) return aws::Tags();
      return trust_stores.tags(view, arn);
    });
  };
  return access;
}

aws::Access to_all(sql::Database& database, const TrustStores& trust_stores,
                   const std::vector<std::string>& arns) {
  if (arns.empty()) return aws::on_anything();
  aws::Access access = access_to_tagged(database, trust_stores, arns.front());
  for (std::size_t next = 1; next < arns.size(); ++next) {
    access.also.push_back(access_to_tagged(database, trust_stores, arns[next]));
  }
  return access;
}

// Each of further rights names its action and sees the request's tags, as the first one does.
aws::Access named(aws::Access access, std::string_view operation) {
  for (aws::Access& other : access.also) {
    other.action = "elasticloadbalancing:" + std::string(operation);
    other.context = access.context;
  }
  return access;
}

}  // namespace

aws::Access AddTags::access(const Request& request, const aws::Call&) const {
  return named(with_tags(to_all(database, trust_stores, request.resource_arns), request.tags),
               name);
}

Result<shapes::Nothing, ApiError> AddTags::operator()(const Request& request,
                                                      const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  const aws::Tags tags = shapes::pairs(request.tags);
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(tx, call, trust_stores, arn); !found) return found.error();
      if (auto added = add_to(tx, trust_stores, arn, tags); !added) return added.error();
    }
    return shapes::Nothing{};
  });
}

aws::Access RemoveTags::access(const Request& request, const aws::Call&) const {
  return named(
      with_tag_keys(to_all(database, trust_stores, request.resource_arns), request.tag_keys), name);
}

Result<shapes::Nothing, ApiError> RemoveTags::operator()(const Request& request,
                                                         const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(tx, call, trust_stores, arn); !found) return found.error();
      const auto removed = remove_from(tx, trust_stores, arn, request.tag_keys);
      if (!removed) return removed.error();
    }
    return shapes::Nothing{};
  });
}

Result<DescribeTags::Response, ApiError> DescribeTags::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    Response response;
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(view, call, trust_stores, arn); !found) return found.error();
      const auto tags = tags_anywhere(view, trust_stores, arn);
      if (!tags) return tags.error();
      response.tag_descriptions.push_back({arn, shapes::shown(*tags)});
    }
    return response;
  });
}

}  // namespace everseal::elbv2
