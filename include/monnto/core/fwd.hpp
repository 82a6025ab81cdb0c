#pragma once

namespace monnto {

class Behavior;
class Findable;
class LanguageFace;
class Network;
class NeuronGroup;
class NeuronSubGroup;
class Object;
class Parameter;
class Population;
class Slot;
class Snapshot;
class StateVisitor;
class SynapseGroup;
class TaggedObject;
struct Mode;
struct ModeOptions;
class Replay;
struct RunOptions;
struct RunReport;
struct Settings;

}  // namespace monnto
