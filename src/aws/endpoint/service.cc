#include "aws/endpoint/service.h"

#include <stdexcept>
#include <string>

#include "aws/protocol/pattern.h"

namespace everseal::aws::endpoint {

const AnyOperation* Service::find(std::string_view name) const {
  const auto found = operations_.find(name);
  return found == operations_.end() ? nullptr : found->second.get();
}

void Service::keep(std::unique_ptr<AnyOperation> operation) {
  const auto& facts = operation->facts();
  protocol::compile_patterns(*facts.input);
  const auto [place, added] = operations_.try_emplace(facts.name, std::move(operation));
  if (!added) throw std::logic_error(std::string(place->first) + " was added twice");
}

}  // namespace everseal::aws::endpoint
