//! The lexicon: one entry a turn of phrase, with the reason why it gives something away and a text in
//! which it is found.
//!
//! To extend it, add an entry to the list of its kind. [`super::Writing`] says how a pattern is written.
//! Every entry must find its own example, and its near misses belong into `tests/study/leaks_lexicon.rs`.
//! Words with a harmless meaning get a lower certainty, or `unless`; a longer pattern that has only one
//! meaning may be beside them. Of overlapping finds the surest wins.

use super::Entry;
use crate::Certainty::{Certain, Likely, Possible};
use crate::LeakKind::{Boilerplate, Framing, KnowledgeCutoff, Metadata, Name, SelfIdentification};

/// `<MODEL>`: names under which models speak of themselves.
pub(super) const MODELS: &str = "chat_?gpt|gpt|claude|gemini|bard|llama|mistral|mixtral|grok|\
    copilot|deepseek|qwen|palm|med_palm|command_r|gemma|kimi|ernie|vicuna|pi|phi|falcon|sonnet|opus|haiku|\
    nova_(?:pro|lite|micro|premier)|jamba|chat_?glm|minimax|doubao|hunyuan|nemotron|med_?gemma|meditron|open_?evidence";

/// `<MAKER>`: who makes models.
pub(super) const MAKERS: &str = "open_?ai|anthropic|google|deepmind|meta|mistral|cohere|x_?ai|deepseek|\
    alibaba|microsoft|baidu|tencent|amazon|nvidia|ibm|moonshot|zhipu|z\\.ai|01\\.ai|minimax|stepfun|inflection|hugging_?face|stability ai|ai21|\
    databricks|lmsys|tii|the technology innovation institute|large model systems organization";

/// `<DATE>`: the words that lead to a year, and the year.
pub(super) const DATE: &str = r"(?: (?:which|that|is|was|in|on|from|of|up to|up until|until|as of|through|goes|going|back to|to|by))*(?: (?:the (?:beginning|end|start|middle) of|early|mid|late))?(?: [a-z]+,?)?(?: of)? (?:19|20)\d\d";

/// `<PROFESSION>`: who is asked differently from a layperson.
pub(super) const PROFESSIONS: &str = "physicians?|doctors?|clinicians?|surgeons?|nurses?|nurse practitioners?|\
    paramedics?|emts?|pharmacists?|midwi(?:fe|ves)|attendings?|attending in|residents?|registrars?|consultants?|\
    intensivists?|hospitalists?|psychologists?|therapists?|\\w+ologists?|\\w+iatrists?|\\w+iatricians?|obstetricians?|\
    ob_?gyn|ob/gyn|gp|general practitioners?|physician_assistants?|medical students?|dentists?|medics?|prescribers?|\
    practitioners?|specialists?|medical professionals?|health_?care (?:workers?|professionals?|providers?)|social workers?|lawyers?|attorneys?|litigators?|\
    first_responders?|wilderness guides?|engineers?|accountants?";

pub(super) const ENTRIES: &[Entry] = &[
    // ---- A model that says who it is -------------------------------------------------------------
    Entry::words(SelfIdentification, Certain, r"(?:i am|i'm|my name is|you are talking to|you're chatting with) (?:an? |the |called )?(?:<MODEL>)")
        .unless(r"your (?:nurse|doctor)|an? (?:sonnet|opus|haiku)|by birth|zodiac|star_?sign")
        .because("A model introduces itself.", "Hello, I am Claude, how can I help?"),
    Entry::words(SelfIdentification, Certain, r"as (?:<MODEL>),? (?:i|my|we)(?:'m|'ve)?")
        .because("A model speaks in its own name.", "As ChatGPT, I cannot examine you."),
    Entry::words(SelfIdentification, Certain, r"(?:as an? |i am an? |i'm an? )?(?:large )?(?:ai|artificial intelligence|assistant|chat_?bot|language_model|llm|model|program)(?:_(?:system|assistant|model|program|chat_?bot))*,?(?: that| which| who)?(?: was| is| has been|'s)?(?: \w+ly)? (?:made|created|developed|trained|built|designed|provided|powered|fine_tuned|operated|released)(?: and \w+)? by (?:the (?:team|people) at |the company )?(?:<MAKER>)")
        .because("A model says who made it.", "As an AI developed by OpenAI, I must say no."),
    Entry::words(SelfIdentification, Certain, r"(?:i was|i've been|i have been|i'm|i am) (?:made|created|developed|trained|built|designed|provided|powered|fine_tuned)(?: and \w+)? by (?:the (?:team|people) at |the company )?(?:<MAKER>)")
        .because("A model says who made it.", "I was created by Anthropic."),
    Entry::words(SelfIdentification, Likely, r"(?:my creators?|my developers?|the (?:company|team) that (?:made|created|built|trained) me|my (?:makers?|programmers?))")
        .because("A model speaks of who made it; the name often stands nearby.", "My creators gave me rules."),
    Entry::words(SelfIdentification, Possible, r"(?:as|i am|i'm) an? (?:large )?language_model,? (?:also )?(?:known as|called)[^.\n]{0,40}(?:conversational ai|chat_?bot)[^.\n]{0,60}")
        .because("How Bard described itself.", "I am a large language model, also known as a conversational AI or chatbot trained to be informative."),
    // ---- Names -----------------------------------------------------------------------------------
    Entry::words(Name, Certain, r"chat_?gpt(?:_(?:[345](?:\.\d)?o?|plus|pro|health))?|instruct_?gpt|(?:gpt|chatgpt)_(?:[2345](?:\.\d)?o?|oss)(?:_(?:turbo|mini|nano|pro|codex|chat|instant|thinking|preview|\d+k|\d+b))*|text_davinci(?:_\d+)?|openai(?:_o[1345](?:_(?:mini|pro|preview))?)?|o[134]_(?:mini|preview|pro)(?:_high)?")
        .because("OpenAI and its models.", "GPT-4o mini, as ChatGPT runs it"),
    Entry::words(Name, Possible, r"(?-i:GPT|gpt)s?")
        .unless(r"alt|sgpt|got|ast|sgot|ggt|transaminases?|aminotransferase|alanine|liver|u/l|iu/l|guid|partition|disk|uefi")
        .because("OpenAI's models. In a laboratory report GPT is alanine aminotransferase.", "You could ask GPT."),
    Entry::words(Name, Possible, r"(?-i:o1|o3)")
        .because("OpenAI's reasoning models. Also ozone and names of variables.", "The answer from o1 was longer."),
    Entry::words(Name, Certain, r"anthropic(?:'s)?")
        .unless(r"anthropic (?:principle|reasoning|bias|landscape|universe)")
        .because("The maker of Claude.", "Anthropic's guidelines"),
    Entry::words(Name, Certain, r"claude_(?:instant|v?[1-9](?:[.-]\d)?|sonnet|opus|haiku|code|ai|pro)(?:_(?:instant|v?[1-9](?:[.-]\d)?|sonnet|opus|haiku|\d{8}|latest|thinking))*")
        .because("Anthropic's models.", "Claude 3.5 Sonnet"),
    Entry::words(Name, Likely, r"(?-i:Claudes?|CLAUDE)(?:'s)?")
        .unless(r"jean_claude|dr\.? claude|(?:mr|mrs|ms|prof|saint|st)\.? claude|marie_claude|(?-i:Claude (?:Bernard|Monet|Debussy|Shannon|[A-Z][a-z]{3,}))|claude's (?:syndrome|wife|husband)|claude syndrome")
        .because("Anthropic's model. Also a given name.", "Ask Claude instead."),
    Entry::words(Name, Possible, r"(?-i:claude)(?:'s)?")
        .unless(r"jean_claude|marie_claude|eau de claude")
        .because("Anthropic's model, as tags and file names have it.", "tags: #claude"),
    Entry::words(Name, Certain, r"(?:sonnet|opus|haiku)_[345]\.\d")
        .because("Anthropic's models, called without Claude.", "Opus 4.5"),
    Entry::words(Name, Likely, r"(?-i:Sonnet|Opus|Haiku)_[345]|(?:sonnet|opus|haiku)-[345]")
        .unless(r"no\.?|numbers?|sonatas?|quartets?|trios?|symphon(?:y|ies)|concert(?:o|os|s)?|composers?|piano|violin|cello|music\w*|beethoven|chopin|brahms|shakespeare\w*|poe(?:ms?|ts?|try)|verses?|lines?|syllables?")
        .because("Anthropic's models, called without Claude. Also works of music and poems.", "Opus 4 wrote it."),
    Entry::words(Name, Possible, r"(?:sonnet|opus|haiku)(?:'s)?")
        .unless(r"(?-i:the (?:sonnet|opus|haiku))|(?:sonnet|opus|haiku)_\d+|(?:an?|this|that|my|your|his|her|one|each|magnum) (?:\w+ )?(?:sonnet|opus|haiku)|(?:sonnet|opus|haiku) (?:about|on|of|dei)|sonatas?|quartets?|symphon(?:y|ies)|concert(?:o|os|s)?|composers?|piano|violin|cello|music\w*|beethoven|chopin|brahms|shakespeare\w*|petrarch\w*|poe(?:ms?|ts?|try)|vers(?:es?|e form)|syllables?|rhym\w+")
        .because("Anthropic's models, called without Claude. Also works of music and poems.", "Haiku is shorter."),
    Entry::words(Name, Certain, r"gemini_(?:pro|ultra|nano|flash|advanced|ai|api|exp|thinking|[123]\.\d|[23](?:_(?:pro|flash|ultra)))(?:_(?:pro|ultra|nano|flash|lite|thinking|exp|preview))*|(?:google|google's) (?:ai|bard|gemini|palm|medlm|ai studio)|med_?palm(?:_2|_m)?|palm_2|(?-i:LaMDA|AMIE|MedLM)|med_?gemma(?:_\d(?:\.\d)?)?(?:_\d+b)?|gemma_[1234]n?(?:_\d+b)?|codegemma|medgemini|med_gemini")
        .because("Google's models.", "Gemini 1.5 Pro and Med-PaLM"),
    Entry::words(Name, Likely, r"(?-i:Gemini|PaLM)(?:'s)?")
        .unless(r"zodiac|horoscope|astrolog\w+|constellation|twins?|star_?sign|sun sign|taurus|cancer and|leo|surfactants?|telescope|nasa|apollo")
        .because("Google's model. Also a sign of the zodiac.", "I would ask Gemini."),
    Entry::words(Name, Likely, r"(?-i:Gemma|Kimi|ERNIE)(?:'s)?")
        .unless(r"(?:mr|mrs|ms|miss|dr|prof|sister|nurse|aunt)\.? (?:gemma|kimi)|(?-i:(?:Gemma|Kimi) [A-Z][a-z]{2,})|patients?|named|daughter|son|sister|brother|wife|husband|mother|father|years? old|\d+_year_old|aged|girl|woman|boy|man|(?:gemma|kimi)(?:'s)? (?:mum|mom|dad|parents?|baby|gp|symptoms?|pain|blood)")
        .because("Models of Google, Moonshot AI and Baidu. Also given names.", "Kimi wrote it."),
    Entry::words(Name, Possible, r"(?-i:Ernie|ernie|kimi|gemma)(?:'s)?")
        .unless(r"bert|sesame|(?:mr|dr|uncle)\.? ernie|(?-i:Ernie [A-Z][a-z]{2,})|gemma cups?|patients?|named|years? old|\d+_year_old|aged|boy|man")
        .because("Models, as tags and file names have them. Also given names.", "Ernie would know."),
    Entry::words(Name, Possible, r"(?-i:gemini|mistral)(?:'s)?")
        .unless(r"zodiac|horoscope|astrolog\w+|constellation|twins?|surfactants?|telescope|winds?|the mistral|gusts?|mediterranean|weather|sail\w*")
        .because("Models, as tags and file names have them.", "source: gemini"),
    Entry::words(Name, Likely, r"(?:google |google's )?deep_?mind(?:'s)?")
        .unless(r"alpha\w+")
        .because("The maker of Gemini, and of tools that predict proteins.", "A model of DeepMind."),
    Entry::words(Name, Possible, r"(?-i:Bard)(?:'s)?")
        .unless(r"the bard|shakespeare\w*|bard of|bard college|poets?|lute|dungeons?|druid")
        .because("An earlier name of Gemini. Also a poet, and a maker of catheters.", "Bard would answer so."),
    Entry::words(Name, Possible, r"(?-i:Google)(?:'s)?")
        .unless(r"google (?:maps?|scholar|search|play|docs?|drive|translate|images?|home|news|calendar|chrome|fit|flights|shopping|sheets|forms?|analytics|ads?|adwords|earth|photos|voice|assistant|account|meet|trends|books|patents|pay|store|nest|for|it|the|form|fi|lens)|(?:search|searching|using|use|on|through|via|hey|ok|okay|a|quick|like|from) google|google and (?:firefox|bing|yahoo|facebook|apple|microsoft)|(?:apple|facebook|amazon|microsoft|yahoo),? (?:and |or )?google|engines?")
        .because("The maker of Gemini. Most often a search engine.", "Google made this."),
    Entry::words(Name, Certain, r"meta_?llama|(?:code|meta|med|pmc|bio) ?_?llama(?:_[1234](?:\.\d)?)?|llama_(?:[1234](?:\.\d)?|guard|index|cpp)(?:_(?:\d+b|chat|instruct|scout|maverick))*|meta_ai|meta's (?:ai|llama)")
        .because("Meta's models.", "Llama-3.1 70B"),
    Entry::words(Name, Likely, r"(?-i:LLaMA|LLAMA|Llama)(?:'s)?")
        .unless(r"alpacas?|wool|animals?|peru\w*|andes|andean|herds?|farms?|zoo|nanobod\w+|antibod\w+|camelids?|camels?|vicuñas?|pets?")
        .because("Meta's model. Also an animal.", "LLaMA answers otherwise."),
    Entry::words(Name, Possible, r"(?-i:llama)")
        .unless(r"alpacas?|wool|animals?|peru\w*|andes|andean|herds?|farms?|zoo|nanobod\w+|antibod\w+|camelids?|camels?|vicuñas?|pets?|an? llama|the llama|llama's")
        .because("Meta's model. Also an animal.", "run llama on it"),
    Entry::words(Name, Possible, r"(?-i:Meta)(?:'s)?")
        .unless(r"meta_?(?:anal\w+|regression|data|bol\w+|stas\w+|physic\w+|cognit\w+)|meta (?:description|tags?|quest|keywords?|review|level)|(?:facebook|instagram|whatsapp)")
        .because("The maker of Llama. Also the start of meta-analysis.", "Meta released it."),
    Entry::words(Name, Certain, r"mixtral(?:_\d+x\d+b)?|mistral_(?:ai|\d+b|large|small|medium|nemo|instruct|tiny|next|saba)(?:_(?:v?\d(?:\.\d)?|instruct|latest))*|codestral|devstral|voxtral|ministral|magistral|pixtral|bio_?mistral|le chat mistral")
        .because("Mistral AI's models.", "Mistral-7B-Instruct"),
    Entry::words(Name, Likely, r"(?-i:Mistral|MISTRAL)(?:'s)?")
        .unless(r"winds?|the mistral|rhône|provence|gusts?|marseilles?|mediterranean|weather|sail\w*")
        .because("Mistral AI. Also a wind.", "Mistral is smaller."),
    Entry::words(Name, Certain, r"deep_?seek(?:_(?:r1|v[23](?:\.\d)?|chat|coder|reasoner|llm))*|qwen(?:_?\d(?:\.\d)?)?(?:_(?:\d+b|max|plus|turbo|chat|instruct|vl|coder))*|q[vw]q(?:_\d+b)?|tongyi_(?:qianwen|qwen)|kimi_(?:k\d(?:\.\d)?|vl)|kimi-(?:dev|chat|thinking|latest)|moonshot_ai|doubao|hunyuan|ernie_(?:bot|x?\d(?:\.\d)?)(?:_(?:vl|turbo))?|(?:chat|doctor)_?glm(?:_?\d)?(?:_\d+b)?|glm_[45](?:\.\d)?v?(?:_(?:\d+b|air|flash|plus))*|zhipu(?:_ai)?|z\.ai|intern(?:lm|vl)\w*|baichuan(?:_?m?\d)?|minimax_(?:m\d|text|ai)|yi_(?:1\.5_)?\d+b|yi_(?:large|lightning)|01\.ai|huatuo_?gpt(?:_o1)?|lingshu_\d+b|stepfun|longcat(?:_flash)?")
        .because("Models of Chinese makers.", "DeepSeek-R1 and Qwen2.5"),
    Entry::verbatim(Name, Certain, r"文心一言|通义千问|豆包|讯飞星火|智谱清言|月之暗面|百川智能|深度求索|腾讯元宝")
        .because("Names of models in Chinese.", "我是通义千问。"),
    Entry::words(Name, Certain, r"grok_[1-5](?:\.\d)?(?:_(?:mini|fast|beta|heavy))?|grok_code(?:_fast)?(?:_\d)?|(?:xai's|x's|elon's) grok|x\.ai")
        .because("xAI's models.", "Grok-3 mini"),
    Entry::words(Name, Likely, r"(?-i:Grok|xAI)(?:'s)?")
        .unless(r"explainable|interpretab\w+|shap|lime|grok (?:it|that|this|the)")
        .because("xAI and its model. Also explainable artificial intelligence.", "Grok says so."),
    Entry::words(Name, Possible, r"(?-i:grok)(?:'s)?")
        .unless(r"(?:to|can|can't|cannot|could|couldn't|will|would|may|might|must|should|do|don't|does|doesn't|did|didn't|i|you|we|they|who|fully|really|truly|quickly) grok|grok (?:it|its|that|this|the|these|those|them|an?|how|what|why|my|your|our|their)")
        .because("xAI's model, as tags have it. Also a word for understanding.", "source: grok"),
    Entry::words(Name, Certain, r"(?:github|microsoft|bing|windows) copilot|bing_(?:chat|ai)|the new bing|(?:microsoft |microsoft's )phi|phi_(?:[1234](?:\.5)?)_(?:mini|medium|small|vision|moe|instruct|reasoning|multimodal)(?:_(?:instruct|plus|reasoning))*|bio_?gpt|command_r(?:_?plus|7b)?|command_a_\d+(?:_\d+)?|cohere_(?:command|for ai|labs)|aya_(?:expanse|vision)|(?:jurassic|j)_2_(?:ultra|mid)|ai21_(?:labs|jamba)|jamba_(?:\d(?:\.\d)?|large|mini|instruct)(?:_(?:large|mini|\d\.\d))?|inflection_(?:ai|\d(?:\.\d)?)|perplexity_(?:ai|sonar)|perplexity\.ai|hugging_?face|hugging_chat|character\.ai|nemotron|dbrx|(?-i:OLMo)(?:_2)?|t[uü]lu_\d|exaone|smol_?lm\d?|solar_\d+\.\db|reka_(?:core|flash|edge)|palmyra_(?:med|x\d?|fin)|vicuna_(?:\d+b|v\d)|alpaca_(?:lora|\d+b)|wizard_?lm|stable_?lm|starling_lm|openchat|open_?hermes|nous_hermes|zephyr_\d+b|falcon_(?:\d+b|llm|instruct|mamba|[23]_\d+b)|hermes_[234]_(?:\d+b|llama|pro)|bloomz|bloom_\d+b|flan_(?:t5|ul2|palm)|gpt_(?:neox?|j)|mpt_\d+b|dolly_(?:v?\d|\d+b)|koala_\d+b|guanaco_\d+b|orca_(?:2|mini)|amazon_(?:nova|titan|bedrock)(?:_(?:pro|lite|micro|premier))?|titan_text|ibm (?:granite|watsonx?)|granite_(?:[234]\.\d|\d+b)|watsonx")
        .because("Models and vendors of smaller share.", "Vicuna-13B"),
    Entry::verbatim(Name, Certain, r"(?i)\bcommand[- ]?r\+")
        .because("Cohere's model; a plus is no end of a word.", "Command R+"),
    Entry::words(Name, Certain, r"med_?alpaca|clinical_?camel|meditron(?:_?\d)?(?:_\d+b)?|med_?42|chat_?doctor|gatortron(?:_?gpt)?|open_?bio_?llm|bio_?med_?lm|almanac_copilot|open_?evidence|glass_health|hippocratic_ai|doctor_?gpt|dox_?gpt|doximity_gpt|medfound|bianque|aloe_(?:beta|\d+b)|apollo_\d+b|pmc_llama|me_llama")
        .because("Medical models and products.", "Meditron-70B"),
    Entry::words(Name, Likely, r"(?-i:[Pp]hi)[-‑]?[34](?:\.5)?|(?-i:Phi) [34](?:\.5)?|nova_(?:pro|lite|micro|premier)|sonar_(?:pro|reasoning)")
        .unless(r"angles?|psi|theta|chi|golden|ratio|dihedral|torsion\w*|greek|radians?|degrees?|ramachandran|euler\w*|coefficients?|health information|hipaa|phase|equals")
        .because("Models of Microsoft, Amazon and Perplexity. Phi is also a Greek letter.", "Phi-4 wrote it."),
    Entry::words(Name, Possible, r"(?-i:Copilot|Vicuna|Perplexity|Cohere|Pi AI|HuggingChat|Poe|[Jj]amba|Le Chat|Command A|Moonshot)")
        .unless(r"edgar|allan|raven|pilots?|aircraft|flight|edgar allan|juice|cancer moonshot")
        .because("Models and vendors; also ordinary words.", "Copilot would know."),
    Entry::words(Name, Possible, r"glm")
        .unless(r"linear|regress\w*|generali[sz]ed|mixed|fitted|logit|poisson|binomial|covariates?|muscles?")
        .because("Zhipu's models. Also generalized linear models.", "GLM would know."),
    Entry::words(Name, Possible, r"minimax")
        .unless(r"theorem|strateg\w+|principle|estimat\w+|algorithms?|regret|rates?|decisions?|games?|optimal\w*|risk")
        .because("A maker of models. Also a rule of decision.", "MiniMax would know."),
    // ---- Until when a model knows the world ------------------------------------------------------
    Entry::words(KnowledgeCutoff, Certain, r"(?:as of|up to|until|since|at the time of|based on|prior to|before|after|beyond) my (?:last |latest |most recent |current )?(?:knowledge |training |data )*(?:update|cut_?off|training data)s?(?: date)?(?:,?<DATE>)?")
        .because("The date of the training data distinguishes models.", "As of my last update in September 2021, yes."),
    Entry::words(KnowledgeCutoff, Certain, r"(?:my )?(?:knowledge|training|data)(?: data)? cut_?off(?: date)?(?:,?<DATE>)?")
        .because("The date of the training data distinguishes models.", "My knowledge cutoff is April 2023."),
    Entry::words(KnowledgeCutoff, Certain, r"my (?:last|latest|most recent) (?:knowledge |training |data )*(?:update|training|revision)(?:<DATE>)?")
        .because("The date of the training data distinguishes models.", "My last update was in 2022."),
    Entry::words(KnowledgeCutoff, Certain, r"my (?:training data|training|knowledge|data(?:base|_?set)?|information) (?:only )?(?:goes|extends|runs|reaches|includes|is|was|ends|ended|stops|cuts off)(?: \w+){0,4}?<DATE>")
        .because("The date of the training data distinguishes models.", "My knowledge only goes up to early 2023."),
    Entry::words(KnowledgeCutoff, Likely, r"(?:i was|i've been|i am|i'm) (?:last )?(?:trained|updated)(?: on (?:data|information)[^.\n]{0,30})?<DATE>")
        .because("The date of the training data distinguishes models.", "I was last updated in June 2024."),
    Entry::words(KnowledgeCutoff, Likely, r"(?:as of|at the time of) the (?:last|latest|most recent) (?:knowledge |training |data )*(?:update|cut_?off)(?:<DATE>)?|my training data|as of my (?:current )?knowledge|(?:as of|up to) (?:january|february|march|april|may|june|july|august|september|october|november|december),? 20\d\d,? (?:i|my|there (?:is|are) no)")
        .because("A model speaks of what it was trained on.", "Based on my training data, it is rare."),
    Entry::words(KnowledgeCutoff, Possible, r"(?:don't|do not|can't|cannot|without|no) (?:have )?access(?: to)? (?:real_time|current|live|up_to_date) (?:information|data|updates|news|sources)|(?:i (?:can't|cannot|can not|am unable to|am not able to)|i'm (?:unable|not able) to|ability to) browse(?: the (?:internet|web))?")
        .because("Whether a model can look things up distinguishes some.", "I don't have access to real-time data."),
    // ---- What a template, a program or a page left -----------------------------------------------
    Entry::verbatim(Metadata, Certain, r"\[/?INST\]|<</?SYS>>|\[(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]")
        .because("The chat template of Llama 2 and Mistral.", "[INST] Question [/INST]"),
    Entry::verbatim(Metadata, Certain, r"<[|｜][A-Za-z0-9_▁ ]{2,40}[|｜]>")
        .because("A token of a chat template.", "Take rest.<|im_end|>"),
    Entry::verbatim(Metadata, Certain, r"</?(?:start_of_turn|end_of_turn|bos|eos|antml|antThinking|antArtifact|tool_call|function_calls|pad|unk|endoftext|0x0A)\b[^>\n]{0,60}>")
        .because("A token of a chat template.", "<end_of_turn>"),
    Entry::verbatim(Metadata, Likely, r"</?(?:think|thinking|thought|reasoning|reflection|scratchpad|inner_monologue)>|</s>|^<s>")
        .because("How some models part reasoning from answer, or end a text; `</s>` also ends struck-out text.", "<think>The patient may be in shock.</think>"),
    Entry::verbatim(Metadata, Possible, r"</?(?:answer|response|output|final)>")
        .because("Tags that some models add.", "<answer>Call for help.</answer>"),
    Entry::verbatim(Metadata, Likely, r"(?m)^[ \t]*(?:\*\*)?(?:###[ ]?)?(?:Assistant|ASSISTANT|Human|HUMAN|AI|Chatbot|Bot|AI Assistant)(?:\*\*)?:")
        .because("Speakers of a transcript: a template was cut short, or the model went on alone.", "Human: What now?"),
    Entry::verbatim(Metadata, Possible, r"(?m)^[ \t]*(?:\*\*)?(?:User|USER|SYSTEM|Prompt|Instruction|Input|Output|Response|Model)(?:\*\*)?:")
        .because("Parts of a transcript; also ordinary headings.", "User: and then?"),
    Entry::verbatim(Metadata, Certain, r"(?m)^[ \t]*###[ ]?(?:Human|Assistant|Instruction|Response|Input|User|System|Output)s?:")
        .because("The template of models tuned on instructions.", "### Response:\nCall for help."),
    Entry::verbatim(Metadata, Possible, r"(?m)^[ \t]*###[ ]?(?:Human|Assistant|Instruction|Response|Input)[ \t]*$")
        .because("The template of models tuned on instructions; also an ordinary heading.", "### Response\nCall for help."),
    Entry::verbatim(Metadata, Certain, r"【\d+[†:][^】\n]{0,80}】|\[\d+†[^\]\n]{0,40}\]|:contentReference\[oaicite:\d+\]\{[^}\n]*\}|:contentReference\[oaicite:\d+\]|\bturn\d+(?:search|news|view|image|fetch)\d+|utm_source=(?:chatgpt\.com|openai)|sandbox:/mnt/data|\bchatcmpl-[A-Za-z0-9]{6,}|\bmsg_01[A-Za-z0-9]{8,}")
        .because("Marks of one vendor's program.", "as shown【12†source】"),
    Entry::verbatim(Metadata, Certain, r"\bfp_[0-9a-f]{8,16}\b|\b(?:resp|cmpl)[_-][0-9A-Za-z]{20,}|\b(?:toolu|req)_01[A-Za-z0-9]{8,}")
        .because("Identifiers that one vendor's program gives.", "fp_44709d6fcb"),
    Entry::verbatim(Metadata, Likely, r#""model"\s*:|["']?\b(?:model_id|finish_reason|stop_reason|system_fingerprint|logprobs|(?:prompt|completion|total|input|output)_tokens)\b["']?(?:\s*[:=])?"#)
        .because("Fields of a provider's reply.", r#"{"finish_reason": "stop"}"#),
    Entry::verbatim(Metadata, Likely, r#"(?i)(?:<!--|/[/*]|🤖)[ \t]*(?:auto-?|ai[ -])?(?:generated|created|written|produced)[ _-](?:by|with|using|from)\b(?:[^\n]{0,80}?(?:-->|\*/)|[^\n]{0,80})|<meta[^>\n]{1,20}generator[^>\n]{0,80}>|\bgenerated[_-]by[ \t]*[:=][^\n]{0,80}|\bco-authored-by:[^\n]{0,80}"#)
        .because("What a program notes of who wrote a text.", "<!-- generated-by: a machine -->"),
    Entry::words(Metadata, Likely, r"regenerate response|copy code|view other drafts|show drafts|was this response better or worse|can make mistakes\. (?:check|verify|consider)[^.\n]{0,40}|is ai and can make mistakes|search related topics")
        .because("Words of a chat page, copied with the text.", "Regenerate response"),
    Entry::words(Metadata, Likely, r"(?:this|the) (?:response|answer|message|text|content) (?:was|is|has been) (?:generated|produced|written|created) (?:by|with|using) (?:an? )?\w+")
        .because("A signature.", "This response was generated by an AI."),
    // ---- Turns of phrase -------------------------------------------------------------------------
    Entry::words(Boilerplate, Likely, r"i'm just an ai|(?:my|within my|against my) programming (?:or|and) ethical (?:guidelines|principles)|(?:within|against) my programming(?: rules| guidelines)?|i (?:cannot|can't|can not) (?:fulfill|satisfy) (?:your|that|this) request")
        .because("How Llama 2 refuses.", "I cannot fulfill your request. I'm just an AI."),
    Entry::words(Boilerplate, Likely, r"(?:as )?an? (?:responsible(?: and ethical)?|helpful(?:, respectful,? and honest|, honest,? and harmless)|respectful(?: and honest)?) (?:ai )?(?:assistant|language_model|ai)(?: language_model)?|helpful, respectful,? and honest|socially unbiased and positive|(?:my purpose is|i strive|i aim|my goal is) to provide (?:helpful|safe)(?:,? (?:and )?\w+){1,3} (?:responses|information|answers|assistance)")
        .because("Words of the system prompt of Llama 2, said back.", "As a responsible AI language model, I refuse."),
    Entry::words(Boilerplate, Likely, r"(?:(?:care|safety),? |with )?respect,? and truth|fairness and positivity|(?:avoid|avoids|avoiding) harmful, unethical, prejudiced,? or negative content|utmost utility yet securely")
        .because("Words of the guard prompt of Mistral, said back.", "We act with care, respect, and truth."),
    Entry::words(Boilerplate, Likely, r"(?:i'm |i am )?(?:very |really )?sorry,? but i (?:can't|cannot) (?:assist|help|comply|continue) with (?:that|this|your)(?: (?:request|question|topic))?")
        .because("How the GPT models refuse.", "Sorry, but I can't assist with that."),
    Entry::words(Boilerplate, Likely, r"i'm (?:only |just )?a (?:large )?language_model,? (?:so|and|trained)|as i'm (?:only|just) a language_model|that is outside of my capabilities|i'm (?:a )?text_based(?: ai)?,? (?:and|so)|designed solely to process and generate text|i'm not programmed to (?:assist|help) with that")
        .because("How Bard and Gemini refuse.", "I'm a language model and don't have the capacity to help."),
    Entry::words(Boilerplate, Likely, r"helpful,? (?:honest,? and harmless|harmless,? and honest)|i (?:aim|try) to be (?:direct|honest|helpful)(?:,? (?:and|but) \w+)?|i don't feel comfortable (?:providing|helping|assisting|engaging|recommending|advising)\w*")
        .because("How Claude puts a refusal.", "I don't feel comfortable providing that."),
    Entry::words(Boilerplate, Possible, r"i (?:want|need) to be (?:direct|straightforward|honest|transparent|clear|upfront|careful)(?: and \w+)? (?:with you|here|about)|i appreciate (?:you|your) (?:sharing|trusting|reaching out|asking|openness)|i apologize,? but i (?:cannot|can't|am not able|will not|won't)")
        .because("Phrases that Claude and Llama use more than others.", "I want to be direct with you: go now."),
    Entry::words(Boilerplate, Possible, r"(?:as|i am|i'm) (?:merely |simply |only )?an? (?:large |virtual |digital |medical |text_based |responsible )*(?:ai|artificial intelligence|language_model|llm|chat_?bot|virtual assistant|computer program)(?:_(?:language_model|assistant|model|chat_?bot|system|program))*(?: (?:and|that|which) (?:do|does) not condone)?")
        .because("Some models say that they are machines, others do not.", "As an AI language model, I have no opinions."),
    // ---- Who asks --------------------------------------------------------------------------------
    Entry::words(Framing, Certain, r"(?:(?:i am|i'm|im|i work as|i practi[cs]e as) (?:also )?(?:the |an? |one of the )|(?:we are|we're) (?:both |all )?|(?:speaking )?as (?:an? |your |your fellow ))(?:[\w/&-]+ ){0,4}?(?:<PROFESSION>)(?: (?:in )?(?:[\w/&-]+ ){0,2}?(?:<PROFESSION>|medicine|surgery|care|\w+ology|\w+iatry|\w+iatrics))?")
        .unless(r"residents? of|(?:and|my|her|his|their|to|see|seeing|with|but|whose|from|than|of|the|told|for|like|another) (?:\w+ )?(?:<PROFESSION>)|nursing home")
        .because("The person says what they are by profession.", "I'm an attending psychiatrist."),
    Entry::words(Framing, Certain, r"(?:i am|i'm|im) (?:not|no) (?:an? )?(?:[\w-]+ ){0,2}?(?:<PROFESSION>)|(?:i have|i've got|with) (?:no|an?|some) (?:\w+ ){0,3}?(?:background|training|degree|education|experience)(?: in \w+)?|(?:i am|i'm) (?:just )?a lay_?(?:person|man|woman)")
        .because("The person says what they know, or that they have no training.", "I'm not a clinician."),
    Entry::words(Framing, Certain, r"(?:my|our) patients?|one of (?:my|our) (?:\w+ ){0,2}patients|patients? of mine|i have an? (?:\w+ ){0,2}patient|(?:i'm|i am|we're|we are) (?:treating|managing|seeing|admitting|rounding on|consulting on)")
        .unless(r"my patient (?:portal|records?|advocate|rights|husband|wife|partner|friend|mother|father)|(?:be|being|is|are|was) patient|seeing (?:things|double|spots|stars|flashes|someone|a (?:doctor|therapist|psychiatrist))")
        .because("Someone who has patients asks.", "My patient has stopped warfarin."),
    Entry::words(Framing, Likely, r"(?:a |the |this |adolescent |male |female |adult |elderly )*patient (?:is|has|presents?|presented|presenting|with|on|at|reports?|denies|requesting|states|declines|called|calls|stable)|\d+_?(?:yo|y/o|year_old) (?:male|female|man|woman|m|f|patient)|requesting \w+ framework")
        .unless(r"(?:i'm|i am) an? (?:\w+ ){0,2}patient|as an? patient|(?:be|being|am|are|was|were|more|very) patient|(?:i'm|i am|as|with) an? \d+_?\w+")
        .because("Written in the third person, as to a colleague.", "Patient presents with chest pain."),
    Entry::words(Framing, Likely, r"(?:the |this )?(?:user|asker|person asking|questioner|enquirer|you are (?:assisting|advising|helping|talking to|speaking (?:with|to))) (?:is )?(?:an? )?(?:[\w-]+ ){0,3}?(?:<PROFESSION>)|verified (?:<PROFESSION>)|clinical decision support|colleague to colleague|peer_to_peer consult\w*")
        .because("The system prompt says who asks.", "The user is a licensed physician."),
    Entry::words(Framing, Likely, r"(?:in|at|from) (?:my|our) (?:clinic|practice|ward|icu|ed|service|unit|department|practise)|(?:my|a|with) colleagues?|consulting (?:with|for) (?:a|my) \w+|on_call|differential diagnosis")
        .because("Words of the trade.", "We see this in our clinic."),
    Entry::words(Framing, Possible, r"(?:current |the )?(?:evidence_base|evidence_based (?:approach|management|protocol|options|guidelines?)|risk_benefit (?:analysis|framework|profile)|first_line (?:therapy|treatment|agent))")
        .because("Words of the trade that laypeople use, too.", "What is the evidence-based approach?"),
    Entry::words(Framing, Possible, r"my (?:own )?(?:\w+ )?(?:doctors?|gp|pcp|nurse|therapist|pharmacist|\w+ologist|\w+iatrist|\w+iatrician|surgeon|insurance|midwife)")
        .because("A person with a doctor of their own is most often a layperson.", "My doctor cut the dose."),
];
