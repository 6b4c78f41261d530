#!/usr/bin/env python3
"""Golden hidden states of Hugging Face's EsmModel, BertModel and LlamaModel with small random weights.

Run once, by hand; the tests read only what it writes (one file an architecture):
    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install torch==2.15.0 transformers==5.23.0 safetensors
    /tmp/hf/bin/python tests/reference/make_parity_goldens.py tests/fixtures/parity

A file holds cases: config.json in the metadata ("NN/config"), weights under "NN/weights/", token ids
under "NN/ids/S" and hidden states of sequence S under "NN/hidden/S/LAYER", layer by layer from the
embedding to the result.
"""

import json
import pathlib
import sys
import tempfile

import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel, EsmConfig, EsmModel, LlamaConfig, LlamaModel

MANY = [1, 2, 3, 7, 16, 17, 31, 33, 40]
LONG = [1022, 5]


def esm_cases():
    # width, heads, layers, feed-forward, token dropout, epsilon
    shapes = [
        (8, 1, 1, 32, True, 1e-5), (8, 2, 2, 32, False, 1e-5), (16, 1, 2, 64, True, 1e-5),
        (16, 2, 2, 64, True, 1e-12), (16, 4, 3, 64, False, 1e-5), (16, 8, 2, 64, True, 1e-5),
        (24, 1, 2, 96, True, 1e-5), (24, 2, 2, 48, True, 1e-5), (24, 3, 2, 96, True, 1e-5),
        (24, 4, 2, 96, False, 1e-5), (32, 1, 2, 128, True, 1e-5), (32, 2, 2, 128, True, 1e-5),
        (32, 4, 4, 128, True, 1e-5), (40, 2, 2, 160, True, 1e-5), (40, 5, 2, 160, True, 1e-6),
        (48, 1, 1, 192, True, 1e-5), (48, 2, 2, 192, True, 1e-5), (64, 1, 2, 256, True, 1e-5),
        (64, 4, 2, 256, False, 1e-5), (80, 1, 1, 320, True, 1e-5), (128, 2, 1, 256, True, 1e-5),
        (80, 5, 2, 160, True, 1e-5),
    ]
    for index, (width, heads, layers, wide, dropout, epsilon) in enumerate(shapes):
        config = EsmConfig(
            vocab_size=33, mask_token_id=32, pad_token_id=1, hidden_size=width,
            num_hidden_layers=layers, num_attention_heads=heads, intermediate_size=wide,
            position_embedding_type="rotary", token_dropout=dropout, emb_layer_norm_before=False,
            max_position_embeddings=1026, layer_norm_eps=epsilon, initializer_range=0.6 / width**0.5,
            attn_implementation="eager")
        model = EsmModel(config, add_pooling_layer=False)
        yield model, LONG if index == 2 else MANY, 4, 31, 1, "esm." if index % 2 else ""


def bert_cases():
    # width, heads, layers, feed-forward, vocabulary, positions, epsilon
    shapes = [
        (8, 1, 1, 32, 30, 64, 1e-12), (8, 2, 2, 32, 30, 64, 1e-12), (16, 1, 2, 64, 30, 1100, 1e-12),
        (16, 2, 2, 64, 30, 64, 1e-5), (16, 4, 3, 64, 30, 64, 1e-12), (24, 1, 2, 96, 30, 64, 1e-12),
        (24, 2, 2, 48, 30, 64, 1e-12), (24, 3, 2, 96, 30, 64, 1e-12), (32, 1, 2, 128, 30, 64, 1e-12),
        (32, 2, 4, 128, 30, 64, 1e-12), (8, 1, 1, 32, 500, 64, 1e-12), (8, 2, 2, 32, 500, 64, 1e-12),
        (16, 1, 2, 64, 500, 64, 1e-12), (16, 2, 2, 16, 500, 64, 1e-12), (16, 4, 2, 64, 500, 64, 1e-12),
        (24, 4, 2, 96, 500, 64, 1e-12), (30, 2, 2, 90, 500, 64, 1e-12), (32, 4, 2, 128, 500, 64, 1e-12),
        (33, 3, 2, 66, 500, 64, 1e-12), (40, 5, 2, 160, 500, 64, 1e-12), (64, 1, 1, 256, 500, 64, 1e-12),
        (128, 1, 1, 512, 500, 64, 1e-12),
    ]
    yield from bert_models(shapes)


def protbert_cases():
    # Of ProtBert's vocabulary, and in its proportions (four times as wide inside) or other ones.
    shapes = [
        (8, 1, 2, 32, 30, 64, 1e-12), (8, 2, 1, 32, 30, 64, 1e-12), (16, 2, 2, 64, 30, 1100, 1e-12),
        (8, 4, 3, 32, 30, 64, 1e-12), (16, 1, 2, 64, 30, 64, 1e-5), (16, 4, 2, 48, 30, 64, 1e-12),
        (16, 8, 2, 64, 30, 64, 1e-12), (20, 4, 2, 80, 30, 64, 1e-12), (24, 1, 2, 96, 30, 64, 1e-12),
        (24, 8, 2, 96, 30, 64, 1e-12), (30, 3, 4, 120, 30, 64, 1e-12), (32, 1, 2, 128, 30, 41, 1e-12),
        (32, 8, 2, 128, 30, 64, 1e-12), (36, 6, 2, 144, 30, 64, 1e-12), (40, 1, 2, 160, 30, 64, 1e-12),
        (48, 3, 2, 192, 30, 64, 1e-12), (56, 7, 1, 224, 30, 64, 1e-12), (64, 1, 2, 256, 30, 64, 1e-12),
        (64, 16, 1, 256, 30, 64, 1e-12), (128, 2, 1, 512, 30, 64, 1e-12), (33, 1, 2, 132, 30, 64, 1e-12),
        (60, 5, 2, 60, 30, 64, 1e-6),
    ]
    yield from bert_models(shapes)


def bert_models(shapes):
    for index, (width, heads, layers, wide, vocabulary, positions, epsilon) in enumerate(shapes):
        config = BertConfig(
            vocab_size=vocabulary, hidden_size=width, num_hidden_layers=layers,
            num_attention_heads=heads, intermediate_size=wide, max_position_embeddings=positions,
            layer_norm_eps=epsilon, initializer_range=0.6 / width**0.5, attn_implementation="eager")
        model = BertModel(config, add_pooling_layer=index % 3 == 0)
        yield model, LONG if index == 2 else MANY, 5, vocabulary, 0, "bert." if index % 2 else ""


def llama_cases():
    plain = {"rope_type": "default", "rope_theta": 500000.0}
    stretched = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
                 "high_freq_factor": 4.0, "original_max_position_embeddings": 32}
    wider = {**stretched, "factor": 32.0, "original_max_position_embeddings": 8192}
    linear = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}
    # width, heads, key heads, head width, layers, feed-forward, rotary positions, biases
    shapes = [
        (8, 1, 1, 8, 1, 24, plain, False), (8, 2, 1, 4, 2, 24, plain, False),
        (16, 2, 2, 8, 2, 48, plain, False), (16, 4, 2, 4, 2, 56, stretched, False),
        (16, 4, 1, 4, 3, 48, stretched, False), (16, 1, 1, 16, 2, 48, wider, False),
        (24, 3, 1, 8, 2, 72, wider, False), (24, 6, 2, 4, 2, 72, linear, False),
        (24, 3, 3, 16, 2, 72, plain, False), (32, 4, 2, 8, 2, 96, plain, True),
        (32, 4, 4, 8, 2, 112, stretched, True), (32, 8, 2, 4, 2, 96, stretched, False),
        (32, 2, 1, 16, 2, 96, wider, False), (32, 1, 1, 32, 2, 96, linear, False),
        (40, 5, 1, 8, 2, 120, plain, False), (48, 6, 3, 8, 2, 144, stretched, False),
        (48, 2, 1, 24, 2, 144, plain, False), (64, 1, 1, 64, 2, 192, plain, False),
        (64, 8, 2, 8, 2, 224, stretched, False), (64, 4, 1, 32, 1, 192, wider, False),
        (128, 1, 1, 128, 1, 384, plain, False), (64, 2, 2, 64, 2, 192, stretched, True),
    ]
    for index, (width, heads, keys, head, layers, wide, rope, bias) in enumerate(shapes):
        config = LlamaConfig(
            vocab_size=200, hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads,
            num_key_value_heads=keys, head_dim=head, intermediate_size=wide, rope_parameters=rope,
            max_position_embeddings=2048, attention_bias=bias, mlp_bias=bias, rms_norm_eps=1e-5,
            initializer_range=0.6 / width**0.5, attn_implementation="eager")
        yield LlamaModel(config), LONG if index == 2 else MANY, 1, 200, 0, "model." if index % 2 else ""


def roughen(model):
    """Biases and norms start at 0 and 1, which would hide a mistake in them; half precision, so that
    the weights are stored exactly in two bytes."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(".bias") or "norm" in name.lower():
                parameter.add_(0.1 * torch.randn_like(parameter))
            parameter.copy_(parameter.half().float())
        for module in model.modules():
            if type(module).__name__ == "EsmModel":
                module.rotary_embeddings.inv_freq.copy_(
                    module.rotary_embeddings.inv_freq.half().float())
    return model.eval()


def stored_weights(model, prefix, as_older_releases):
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        weights = load_file(f"{folder}/model.safetensors")
        config = json.loads(pathlib.Path(folder, "config.json").read_text())
    renamed = {}
    for name, value in weights.items():
        if as_older_releases and "norm" in name.lower():
            name = name.replace(".weight", ".gamma").replace(".bias", ".beta")
        renamed[prefix + name] = value.half()
    return config, renamed


def hidden_states(model, sequences, pad, padded):
    """[sequence][layer], each [length, width]; one padded batch with its mask, or one by one."""
    with torch.no_grad():
        if not padded:
            outs = [model(s[None], output_hidden_states=True).hidden_states for s in sequences]
            return [[layer[0] for layer in out] for out in outs]
        longest = max(len(s) for s in sequences)
        ids = torch.full((len(sequences), longest), pad)
        mask = torch.zeros((len(sequences), longest), dtype=torch.long)
        for row, s in enumerate(sequences):
            ids[row, : len(s)] = s
            mask[row, : len(s)] = 1
        layers = model(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return [[layer[row, : len(s)] for layer in layers] for row, s in enumerate(sequences)]


def write(cases, path):
    tensors, metadata = {}, {}
    for index, (model, lengths, first, last, pad, prefix) in enumerate(cases()):
        model = roughen(model)
        is_bert = isinstance(model, BertModel)
        config, weights = stored_weights(model, prefix, is_bert and index % 4 == 1)
        case = f"{index:02d}"
        metadata[f"{case}/config"] = json.dumps(config)
        for name, value in weights.items():
            tensors[f"{case}/weights/{name}"] = value.contiguous()
        sequences = [torch.randint(first, last, (length,)) for length in lengths]
        for s, layers in enumerate(hidden_states(model, sequences, pad, index % 2 == 0)):
            tensors[f"{case}/ids/{s}"] = sequences[s]
            for number, layer in enumerate(layers):
                tensors[f"{case}/hidden/{s}/{number}"] = layer.contiguous()
    save_file(tensors, path, metadata)
    print(path, f"{path.stat().st_size / 1e6:.1f} MB")


def main(folder):
    torch.manual_seed(7)
    folder.mkdir(parents=True, exist_ok=True)
    write(esm_cases, folder / "esm2.safetensors")
    write(bert_cases, folder / "bert.safetensors")
    write(llama_cases, folder / "llama3.safetensors")
    torch.manual_seed(8)
    write(protbert_cases, folder / "protbert.safetensors")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
