#include "services/lambda/functions.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "crypto/digest.h"
#include "encoding/base64.h"
#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

constexpr std::size_t largest_zip = 52'428'800;
constexpr std::size_t most_variables = 4096;  // octets

// Lambda's own, which the runtime sets.
constexpr std::array<std::string_view, 20> reserved_names{"_HANDLER",
                                                          "_X_AMZN_TRACE_ID",
                                                          "AWS_DEFAULT_REGION",
                                                          "AWS_REGION",
                                                          "AWS_EXECUTION_ENV",
                                                          "AWS_LAMBDA_FUNCTION_NAME",
                                                          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                                          "AWS_LAMBDA_FUNCTION_VERSION",
                                                          "AWS_LAMBDA_INITIALIZATION_TYPE",
                                                          "AWS_LAMBDA_LOG_GROUP_NAME",
                                                          "AWS_LAMBDA_LOG_STREAM_NAME",
                                                          "AWS_ACCESS_KEY",
                                                          "AWS_ACCESS_KEY_ID",
                                                          "AWS_SECRET_ACCESS_KEY",
                                                          "AWS_SESSION_TOKEN",
                                                          "AWS_LAMBDA_RUNTIME_API",
                                                          "LAMBDA_TASK_ROOT",
                                                          "LAMBDA_RUNTIME_DIR",
                                                          "HOME",
                                                          "NODE_PATH"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_variable_name(std::string_view name) {
  return name.size() >= 2 && is_letter(name.front()) && std::ranges::all_of(name, [](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
         });
}

Result<Function, ApiError> find_at(const Functions& functions,
                                   const Result<FunctionName, ApiError>& named, std::int64_t dice) {
  if (!named) return named.error();
  auto function = functions.database.read([&](sql::Snapshot& view) {
    return find_qualified(view, functions.vault, named->arn(), named->qualifier, dice);
  });
  if (!function) return function.error();
  if (!*function) return no_such_function(named->qualified_arn());
  return **std::move(function);
}

bool is_as_published(const Function& function, const Function& version) {
  const auto parts = [](const Function& f) {
    return std::tie(f.role, f.runtime, f.handler, f.timeout_seconds, f.memory_megabytes,
                    f.temporary_megabytes, f.environment, f.code_sha256, f.dead_letters);
  };
  return parts(function) == parts(version);
}

}  // namespace

Result<aws::Page, ApiError> page_of(std::string_view operation, const Function& function,
                                    const std::optional<std::string>& marker,
                                    const std::optional<std::int64_t>& most) {
  constexpr std::int64_t page_size = 50;
  auto page = aws::Page::at({.operation = "lambda:" + std::string(operation),
                             .account = function.account,
                             .region = function.region,
                             .selection = function.name},
                            marker, std::min(most.value_or(page_size), page_size));
  if (!page) return invalid("The marker is not one of this list.");
  return *std::move(page);
}

Result<void, ApiError> check_runtime(std::string_view runtime) {
  for (const std::string_view family : {"python3.", "nodejs", "provided"}) {
    if (runtime.starts_with(family)) return {};
  }
  return invalid("Value " + std::string(runtime) +
                 " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
                 "[python3.9, python3.10, python3.11, python3.12, python3.13, python3.14, "
                 "nodejs18.x, nodejs20.x, nodejs22.x, nodejs24.x, provided, provided.al2, "
                 "provided.al2023] or be a valid ARN");
}

Result<void, ApiError> check_variables(const Variables& variables) {
  std::size_t size = 0;
  for (const auto& [name, value] : variables) {
    if (std::ranges::find(reserved_names, name) != reserved_names.end()) {
      return invalid(
          "Lambda was unable to configure your environment variables because the environment "
          "variables you have provided contains reserved keys that are currently not supported for "
          "modification. Reserved keys used in this request: " +
          name);
    }
    if (!is_variable_name(name) || value.find('\0') != value.npos) {
      return invalid("\"" + name + "\" is not a variable that a function can have.");
    }
    size += name.size() + value.size();
  }
  if (size > most_variables) {
    return invalid(
        "Lambda was unable to configure your environment variables because the environment "
        "variables you have provided exceeded the 4KB limit.");
  }
  return {};
}

Result<Function, ApiError> Functions::find(std::string_view name, const aws::Call& call,
                                           std::string_view qualifier) const {
  return find_at(*this, FunctionName::parse(name, call, qualifier), the_first);
}

Result<Function, ApiError> Functions::find_to_run(std::string_view name, const aws::Call& call,
                                                  std::string_view qualifier) const {
  return find_at(*this, FunctionName::parse(name, call, qualifier), cast_dice(random));
}

Result<Function, ApiError> Functions::find_unqualified(std::string_view name,
                                                       const aws::Call& call) const {
  return find_at(*this, FunctionName::parse_unqualified(name, call), the_first);
}

Result<Function> Functions::publish(sql::Transaction& tx, const Function& function,
                                    const std::optional<std::string>& description) const {
  auto last = last_version(tx, vault, function.arn);
  if (!last) return last.error();
  if (*last && is_as_published(function, **last)) return **std::move(last);
  Function published = function;
  published.description = description.value_or(function.description);
  published.revision_id = random_uuid(random);
  const auto number = add_version(tx, function, published.description, published.revision_id);
  if (!number) return number.error();
  published.version = std::to_string(*number);
  published.qualifier = published.version;
  return published;
}

Result<void, ApiError> Functions::change_policy(std::string_view name,
                                                const std::optional<std::string>& qualifier,
                                                const std::optional<std::string>& revision,
                                                const aws::Call& call,
                                                const ChangePolicy& change) const {
  const auto named = FunctionName::parse(name, call, qualifier.value_or(""));
  if (!named) return named.error();
  if (named->qualifier == latest_version) {
    return invalid("We currently do not support adding policies for $LATEST.");
  }
  return database.write([&](sql::Transaction& tx) -> Result<void, ApiError> {
    auto function = find_qualified(tx, vault, named->arn(), named->qualifier);
    if (!function) return function.error();
    if (!*function) return no_such_function(named->qualified_arn());
    const auto current = revision_of(tx, **function);
    if (!current) return current.error();
    if (revision && *revision != *current) return changed_meanwhile();
    const auto policy = policy_of(tx, named->arn(), named->qualifier);
    if (!policy) return policy.error();
    auto changed = change(*policy, named->qualified_arn());
    if (!changed) return changed.error();
    if (named->qualifier.empty()) {
      (*function)->policy = *std::move(changed);
      (*function)->revision_id = random_uuid(random);
      const auto kept = change_function(tx, vault, **function);
      if (!kept) return kept.error();
      return {};
    }
    const auto kept = put_policy(tx, named->arn(), named->qualifier, *changed);
    if (!kept) return kept.error();
    const auto marked = change_revision(tx, **function, random_uuid(random));
    if (!marked) return marked.error();
    return {};
  });
}

Result<Function, ApiError> Functions::change(std::string_view name, const aws::Call& call,
                                             const std::optional<std::string>& revision,
                                             const Change& change) const {
  const auto named = FunctionName::parse_unqualified(name, call);
  if (!named) return named.error();
  const auto arn = named->arn();
  auto changed = database.write([&](sql::Transaction& tx) -> Result<Function, ApiError> {
    auto function = find_function(tx, vault, arn);
    if (!function) return function.error();
    if (!*function) return no_such_function(arn);
    if (revision && *revision != (*function)->revision_id) return changed_meanwhile();
    if (const auto done = change(tx, **function); !done) return done.error();
    (*function)->revision_id = random_uuid(random);
    const auto kept = change_function(tx, vault, **function);
    if (!kept) return kept.error();
    return **std::move(function);
  });
  if (changed) executor.forget(arn);
  return changed;
}

Result<Bytes, ApiError> Functions::code(const Code& given, const aws::Call& call,
                                        std::string_view operation) const {
  if (given.zip.has_value() == (given.bucket && given.key)) {
    return invalid("Please provide a source for function code.");
  }
  Bytes zip;
  if (given.zip) {
    zip = *given.zip;
  } else {
    auto object = objects.read(call, {*given.bucket, *given.key, given.version}, largest_zip);
    if (!object) return object.error();
    if (!*object) {
      return no_such_object(given.version ? "NoSuchVersion" : "NoSuchKey",
                            given.version ? "version" : "key");
    }
    zip = **std::move(object);
  }
  if (zip.size() > largest_zip) return too_large(static_cast<std::int64_t>(largest_zip), operation);
  if (const auto works = executor.check(); !works) return no_sandbox(works.error().cause);
  if (const auto fine = executor.try_code(digest_of(zip), zip); !fine) return fine.error();
  return zip;
}

Result<void, ApiError> Functions::check_destination(const Function& function,
                                                    const std::string& arn) const {
  if (arn.empty()) return {};
  const auto kind = destinations == nullptr ? Destinations::Kind::None : destinations->kind_of(arn);
  if (kind == Destinations::Kind::None) return no_destination(arn);
  const auto may = destinations->may_send({function.arn, function.account, function.role}, arn);
  if (!may) return may.error();
  if (!*may) return may_not_send(arn);
  return {};
}

Result<void, ApiError> Functions::check_dead_letters(const Function& function) const {
  const auto& arn = function.dead_letters;
  const bool is_queue =
      destinations != nullptr && destinations->kind_of(arn) == Destinations::Kind::Queue;
  if (!arn.empty() && !is_queue) return no_destination(arn);
  return check_destination(function, arn);
}

Result<void, ApiError> Functions::check_destinations(
    std::string_view name, const aws::Call& call,
    const std::optional<shapes::DestinationConfig>& wishes) const {
  if (!wishes) return {};
  const auto function = find_unqualified(name, call);
  if (!function) return function.error();
  for (const auto& wish : {wishes->on_success, wishes->on_failure}) {
    if (!wish) continue;
    if (const auto fine = check_destination(*function, wish->destination.value_or("")); !fine)
      return fine;
  }
  return {};
}

Result<void, ApiError> Functions::check_role(const std::string& role,
                                             const std::string& function_arn,
                                             const aws::Call& call) const {
  const auto denied = authorizer.authorize(call, "iam:PassRole", aws::on(role));
  if (!denied) return denied.error();
  if (*denied) return not_allowed((*denied)->message);
  if (credentials == nullptr) return {};
  const auto can = credentials->can_assume(role, {"lambda.amazonaws.com", function_arn});
  if (!can) return can.error();
  if (!*can) return cannot_be_assumed();
  return {};
}

}  // namespace everseal::lambda
