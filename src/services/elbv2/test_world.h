#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "aws/call.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "log/log.h"
#include "random/random.h"
#include "result/testing/need.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/log_objects.h"
#include "services/elbv2/migrations.h"
#include "services/elbv2/operations/create_listener.h"
#include "services/elbv2/operations/create_load_balancer.h"
#include "services/elbv2/operations/create_target_group.h"
#include "services/elbv2/operations/describe_load_balancers.h"
#include "services/elbv2/trust_stores.h"
#include "sql/sqlite/open.h"

// For tests: load balancing in a database in memory, beside trust stores and certificates that are
// what a test says.
namespace everseal::elbv2 {

template <class T>
std::string message_of(const Result<T, ApiError>& answer) {
  return answer ? "(none)" : answer.error().message;
}

// "a,b": the values of a condition key; "(none)": policies see no such key.
inline std::string values_of(const aws::Access& access, std::string_view key) {
  for (const auto& [name, values] : access.context) {
    if (name != key) continue;
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "" : ",") + value;
    return text;
  }
  return "(none)";
}

// The right to mark what is made, that the request needs beside its own.
inline std::string tagging_of(const aws::Access& access) {
  if (access.also.size() != 1) return "(none)";
  const auto& tagging = access.also[0];
  return tagging.action + " " + tagging.resources.at(0) + " by " +
         values_of(tagging, "elasticloadbalancing:CreateAction") + " of " +
         values_of(tagging, "aws:TagKeys");
}

class TestTrustStores final : public TrustStores {
 public:
  Result<Status> status(sql::Snapshot&, std::string_view arn) const override {
    const auto found = statuses.find(std::string(arn));
    return found == statuses.end() ? Status::Absent : found->second;
  }
  Result<aws::Tags> tags(sql::Snapshot&, std::string_view arn) const override {
    const auto& own = tags_[std::string(arn)];
    return aws::Tags(own.begin(), own.end());
  }
  Result<void, ApiError> put_tags(sql::Transaction&, std::string_view arn,
                                  const aws::Tags& tags) const override {
    for (const auto& [key, value] : tags) tags_[std::string(arn)][key] = value;
    return {};
  }
  Result<void, ApiError> remove_tags(sql::Transaction&, std::string_view arn,
                                     const std::vector<std::string>& keys) const override {
    for (const auto& key : keys) tags_[std::string(arn)].erase(key);
    return {};
  }
  std::map<std::string, Status> statuses;

 private:
  mutable std::map<std::string, std::map<std::string, std::string>> tags_;
};

class TestCertificates final : public CertificateSource {
 public:
  Result<Status> status(sql::Snapshot&, std::string_view arn) const override {
    const auto found = statuses.find(std::string(arn));
    return found == statuses.end() ? Status::Absent : found->second;
  }
  Outcome attach(sql::Transaction&, std::string_view arn, std::string_view user) const override {
    users[std::string(arn)].insert(std::string(user));
    return {};
  }
  Outcome detach(sql::Transaction&, std::string_view arn, std::string_view user) const override {
    users[std::string(arn)].erase(std::string(user));
    return {};
  }
  std::map<std::string, Status> statuses;
  mutable std::map<std::string, std::set<std::string>> users;
};

// Takes what it is given, unless a bucket refuses.
class TestLogObjects final : public LogObjects {
 public:
  Outcome put(const LogPlace& place, std::string_view key, std::string_view,
              ByteView octets) override {
    const std::lock_guard lock(mutex_);
    if (refusing.contains(place.bucket)) return Fault::conflict("it has no policy");
    objects[place.bucket + "/" + std::string(key)] = to_text(octets);
    return {};
  }
  std::set<std::string> refusing;              // buckets
  std::map<std::string, std::string> objects;  // by bucket and key

 private:
  std::mutex mutex_;
};

struct TestWorld {
  TestWorld() : TestWorld(nullptr) {}
  // In a database that has its tables; null: in one of its own.
  explicit TestWorld(sql::Database* shared)
      : own_database(shared == nullptr ? need(sql::sqlite::open_in_memory({}, log)) : nullptr),
        database(shared == nullptr ? own_database.get() : shared) {
    if (own_database) need(sql::migrate(*database, {migrations()}));
  }

  static aws::Call as(const std::string& account, const std::string& region = "eu-west-1") {
    aws::Call call;
    call.caller.account = account;
    call.region = region;
    return call;
  }

  auto try_create(const CreateLoadBalancer::Request& request) {
    return CreateLoadBalancer{*database, addresses, nullptr, random, clock}(request, call);
  }
  static CreateLoadBalancer::Request request(const std::string& name) {
    return {name, {"subnet-a", "subnet-b"}, {}, {"sg-1"}, {}, {}, {}, {}};
  }
  shapes::LoadBalancer create(const std::string& name) {
    return need(try_create(request(name))).load_balancers[0];
  }
  static CreateTargetGroup::Request group_request(const std::string& name) {
    CreateTargetGroup::Request request;
    request.name = name;
    request.protocol = Protocol::Http;
    request.port = 8080;
    request.target_type = TargetType::Ip;
    return request;
  }
  shapes::TargetGroup create_group(const std::string& name) {
    return need(CreateTargetGroup{*database, random}(group_request(name), call)).target_groups[0];
  }
  static shapes::Action forward(const std::string& group) {
    shapes::Action action;
    action.target_group_arn = group;
    return action;
  }
  static shapes::Action fixed(const std::string& status) {
    shapes::Action action;
    action.type = ActionType::FixedResponse;
    action.fixed_response_config = shapes::FixedResponseConfig{{}, status, {}};
    return action;
  }
  static shapes::Action redirect(const shapes::RedirectConfig& config) {
    shapes::Action action;
    action.type = ActionType::Redirect;
    action.redirect_config = config;
    return action;
  }
  std::string certificate(const std::string& name) {
    const std::string arn = "arn:aws:acm:eu-west-1:111122223333:certificate/" + name;
    certificates.statuses[arn] = CertificateSource::Status::Issued;
    return arn;
  }
  std::string trust_store(const std::string& name) {
    const std::string arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/" +
                            name + "/0123456789abcdef";
    trust_stores.statuses[arn] = TrustStores::Status::Active;
    return arn;
  }
  // Of HTTP, that answers 404.
  static CreateListener::Request listener_request(const std::string& load_balancer,
                                                  std::int32_t port = 80) {
    CreateListener::Request request;
    request.load_balancer_arn = load_balancer;
    request.protocol = Protocol::Http;
    request.port = port;
    request.default_actions = {fixed("404")};
    return request;
  }
  auto try_listen(const CreateListener::Request& request) {
    return CreateListener{*database, certificates, trust_stores, random}(request, call);
  }
  shapes::Listener listen(const CreateListener::Request& request) {
    return need(try_listen(request)).listeners[0];
  }
  DescribeLoadBalancers::Response describe(std::vector<std::string> arns = {}) {
    return need(DescribeLoadBalancers{*database, nullptr}({std::move(arns), {}, {}, {}}, call));
  }

  const aws::Call call = as("111122223333");
  ManualClock clock{*parse_iso8601("2025-03-01T12:00:00Z")};
  CountingRandom random;
  const AddressPool addresses = need(AddressPool::parse("192.0.2.0/24"));
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> own_database;
  sql::Database* database;
  TestCertificates certificates;
  TestTrustStores trust_stores;
  TestLogObjects log_objects;
};

}  // namespace everseal::elbv2
